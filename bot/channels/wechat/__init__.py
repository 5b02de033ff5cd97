"""The WeChat official account: no message dropped, none doubled, none forged. See README.md."""

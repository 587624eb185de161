from allauth.account.adapter import DefaultAccountAdapter


class OfficeAccountAdapter(DefaultAccountAdapter):
    """The office makes the accounts: nobody signs up by themselves."""

    def is_open_for_signup(self, request) -> bool:
        return False

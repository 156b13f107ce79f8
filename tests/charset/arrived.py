"""Reads mails as Python's own decoders do: each line of the input is a mail in Base64, each line of the output its subject and body as JSON."""

import base64
import email
import email.policy
import json
import sys

for line in sys.stdin:
    mail = email.message_from_bytes(base64.b64decode(line), policy=email.policy.default)
    print(json.dumps({"subject": str(mail["Subject"]), "body": mail.get_content()}))

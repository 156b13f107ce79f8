# Hand-over: what support has prepared opens in the customer's Ninka
hand-over-title = Hand over to a customer
hand-over-hint = Makes a link that opens a prepared form in the customer’s Ninka. Nothing changes there until the customer has seen it and pressed “Open”.
hand-over-sign-in = Sign-in
hand-over-next = What comes next
hand-over-next-authorize = Authorize with the guide
hand-over-wish-authorize = Then have it authorized with the guide
hand-over-servers-hint = Left empty, the customer’s Ninka looks them up. With OAuth they usually stay empty.
hand-over-make = Make the link
hand-over-made = The link is ready
hand-over-copy = Copy the link
hand-over-save = Save as a file
hand-over-saved = Saved as { $path }. Send this file, and have the customer open it.
hand-over-no-secret = There is no password and no other secret in it. It may go by mail or chat.
hand-over-qr = The link as a QR code
hand-over-qr-hint = For the next desk or another computer

# Receiving
hand-over-received = A link you received
hand-over-received-hint = If a click on the link does not open it, paste it here, or choose the file.
hand-over-received-example = ninka:hand-over?…
hand-over-show = Show
hand-over-choose = Choose a file

# Confirming
hand-over-offered = Handed over by support
hand-over-refused = The hand-over cannot be opened
hand-over-lead = This has arrived:
hand-over-new = “Open” shows the registration form with this in it. Nothing is registered yet, and no authorization starts.
hand-over-existing = This mail address is registered already. What is registered stays as it is.
hand-over-unknown-sender = If you did not expect this, or it is not what you were told, press “Do not open” and ask support.
hand-over-decline = Do not open
hand-over-accept = Open
hand-over-open = Open the account
hand-over-open-guide = Open the guide
hand-over-prepared = This is what support has sent. Check it, then go on.
hand-over-prepared-authorize = This is what support has sent. Check it, then press “Authorize with the guide”.

# The servers proposed in the form
proposal-title = Servers for this address
proposal-looking = Looking for the servers of this address
proposal-found = { $provider }: these servers answered.
proposal-found-unknown = These servers answered.
proposal-known = { $provider }: these are its servers.
proposal-server = { $host }, port { $port }, { $tls }
proposal-answered = answered
proposal-foreign = This server belongs to another domain. Use it only if that is your mail provider.
proposal-user-local = The account name is what stands before the @.
proposal-user-own = The account name is one that the provider gave you; it is not the mail address.
proposal-use = Use these
proposal-used = The servers were filled in.
proposal-find = Find the servers of this address
proposal-stop = Stop
proposal-close = Close

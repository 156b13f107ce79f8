# フォームに出すサーバーの候補
proposal-title = このメールアドレスのサーバー
proposal-looking = このメールアドレスのサーバーを探しています
proposal-found = { $provider }：次のサーバーが応答しました。
proposal-found-unknown = 次のサーバーが応答しました。
proposal-known = { $provider }のサーバーです。
proposal-server = { $host }、ポート{ $port }、{ $tls }
proposal-answered = 応答あり
proposal-foreign = このサーバーは、別のドメインのものです。ご利用のメール事業者のものであるときだけ使ってください。
proposal-user-local = アカウントは、メールアドレスの@より前です。
proposal-user-own = アカウントは、メールアドレスではなく、事業者から知らされたものです。
proposal-use = この設定を使う
proposal-used = サーバーを入力しました。
proposal-find = このメールアドレスのサーバーを探す
proposal-stop = やめる
proposal-close = 閉じる

# 認可のこれから
forecast-renews = { $next } ごろ、自動で更新されます（Ninkaが動いているとき）。このパソコンを使わなくても、{ $until } まで有効です。
forecast-tries = 次は { $next } に試します。ネットワークが戻ったときは、すぐに試します。このままでも { $until } まで有効です。
form-failing = { $since } から、自動の更新ができていません（{ $attempts }回）
form-being-authorized = 認可の手続き中です。ブラウザーで続けてください。

# 切れると止まること
would-stop-receive-orders = 認可がなくなると、このアカウントで受け取る注文メールを取り込めなくなります。
would-stop-receive = 認可がなくなると、このアカウントのメールを受信できなくなります。
would-stop-send = 認可がなくなると、このアカウントからお客様へのメールを送れなくなります。
would-stop-send-rakuten = 認可がなくなると、楽天市場のお客様へのメールを送れなくなります。
would-stop-both = 認可がなくなると、このアカウントのメールは、受信も送信もできなくなります。

# お知らせ（一覧の上）
warning-title = 認可のお知らせ
warning-ends-soon = の認可は、あと{ $days }日で切れます。
warning-ends-today = の認可は、今日で切れます。
warning-standstill = 自動の更新が止まっています。
warning-lapsed = の認可は、有効期限が切れています。
warning-refused = の認可は、無効になっています。
warning-others = ほか{ $count }件
warning-no-notifications = このパソコンは通知を表示できないため、ここでお知らせしています。

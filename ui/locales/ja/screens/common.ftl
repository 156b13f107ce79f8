brand = Ninka

# 移動
nav-label = メニュー
nav-accounts = メールアカウント
nav-settings = 設定
nav-support = サポート
nav-attention = 対応が必要 { $count }件
nav-last-check = 最終確認 { $when }
nav-version = バージョン { $version }

# 日時
time-today = 今日 { $time }
time-yesterday = 昨日 { $time }
time-seconds = { $seconds } 秒
time-ms = { $ms } ms

# どこでも使う言葉
action-cancel = キャンセル
action-close = 閉じる
action-retry = もう一度
action-copy = コピー
action-copied = コピーしました
action-save = 保存
action-open-settings = 設定を開く
key-escape = Esc
state-ok = 正常
state-failed = 失敗
state-running = 確認中
state-unchecked = 未確認
state-not-needed = 対象外
state-not-reached = 未実施

# 用途
purpose-unspecified = 未指定
purpose-sending = 送信
purpose-order-receiving = 注文受信
purpose-rakuten-sending = 楽天市場注文の送信
purpose-unspecified-hint = 受信と送信の両方に使います。
purpose-sending-hint = お客様へのメールの送信に使います。
purpose-order-receiving-hint = 注文メールの取り込みに使います。
purpose-rakuten-sending-hint = あんしんメルアドを通して、楽天市場のお客様へ送ります。

# 起動できないとき
start-title = Ninkaを開けませんでした
start-loading = 開いています

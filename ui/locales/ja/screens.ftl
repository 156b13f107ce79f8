# 画面の言葉。問題・原因・練習の故障は、それぞれのファイルにあります。

brand = Ninka

# 移動
nav-label = メニュー
nav-accounts = メールアカウント
nav-settings = 設定
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

# 一覧
list-title = メールアカウント
list-new = 新規登録
list-check-all = すべて接続確認
list-search = 検索
list-search-hint = メールアドレス・名称・用途
list-counts = 状態ごとの件数
list-count-ok = 正常
list-count-soon = まもなく期限切れ
list-count-soon-hint = 14日以内
list-count-authorize = 再認可が必要
list-count-authorize-hint = 認可がまだのものを含む
list-count-failed = 接続に失敗
list-count-unchecked = 未確認
list-filtered = 「{ $name }」だけを表示しています。
list-filter-clear = すべて表示
list-col-address = メールアドレス
list-col-purpose = 用途
list-col-auth = 認証方式
list-col-left = 認可の残り
list-col-reception = Mail[受信]
list-col-sending = Mail[送信]
list-col-action = 操作
list-auth-oauth = OAuth
list-auth-password = パスワード
list-left-days = { $days }日
list-left-today = 今日まで
list-left-lapsed = 期限切れ
list-left-refused = 無効
list-left-none = 未認可
list-left-password = 対象外
list-side-failed = 失敗
list-action-authorize = 認可
list-action-again = 再認可
list-action-why = 原因を見る
list-action-check = 接続確認
list-action-for = { $action }（{ $address }）
list-empty-title = 最初のメールアカウントを登録しましょう
list-empty-body = 受注に使うメールアドレスを登録し、Microsoftの許可を得ると、受信と送信がつながるかをすぐに確かめられます。
list-empty-practice = 練習用のメールアドレスを使って、何度でも試せます。
list-no-match = 「{ $query }」に合うメールアカウントはありません。
list-no-match-filter = この状態のメールアカウントはありません。
list-checking = 接続を確認しています（{ $done } / { $total }件）
list-check-starting = 接続の確認を始めています
list-check-done = 接続確認が終わりました。正常 { $ok }件、失敗 { $failed }件。
list-check-cancelled = 接続確認を中止しました。
list-meaning-title = お店への影響
list-loading = 読み込んでいます

# 赤い行の意味
impact-lapsed = 認可の有効期限が切れています。
impact-refused = 認可が無効になっています。
impact-none = まだ認可されていません。
impact-receive-orders = このアカウントで受け取る注文メールは取り込まれていません。
impact-receive = このアカウントのメールは受信できていません。
impact-send = このアカウントからお客様へのメールは送られていません。
impact-send-rakuten = 楽天市場のお客様へのメールは送られていません。
impact-both = このアカウントのメールは、受信も送信もできていません。

# 登録・編集
form-title-new = メールアカウント新規登録
form-title-edit = メールアカウント編集
form-back = 一覧に戻る
form-basic = 基本設定
form-address = メールアドレス
form-address-example = order@example.jp
form-practice-addresses = 練習用のメールアドレス
form-name = 名称
form-name-hint = お店の中で見分けるための名前です。
form-purpose = 用途
form-auth = 認証方式 (Microsoft)
form-oauth = OAuth認証を使用してPOP、SMTPプロトコルに接続
form-oauth-clears = 更新すると、アカウント・パスワード・サーバーの設定は消えます。
form-oauth-block = OAuth認証利用設定
form-consent = OAuth認証の認可
form-authorize = 認可
form-authorize-again = 再認可
form-authorize-saves = 登録してから、Microsoftのページを開きます。
form-authorize-updates = 更新してから、Microsoftのページを開きます。
form-renewed = OAuth認可更新日時
form-valid-until = 有効期限 { $date }（残り { $days }日）
form-valid-today = 有効期限 { $date }（今日まで）
form-lapsed = { $date } に有効期限が切れました
form-refused = { $date } に無効になったことがわかりました
form-not-authorized = まだ認可されていません
form-keeps-alive = 使うたびに期限は90日先へ延びます。接続確認でも延びます。
form-password-block = アカウントとサーバー
form-user = アカウント
form-user-hint = 空欄なら、メールアドレスを使います。
form-password = パスワード
form-password-stored = 保存済み
form-password-stored-hint = 変更するときだけ入力してください。
form-servers = サーバーの指定
form-servers-oauth-hint = 通常は空欄のままで、Microsoftのサーバーに接続します。
form-servers-hint = 受信はPOP3かIMAPのどちらかで足ります。使わないものは空欄にしてください。
form-server-pop3 = 受信（POP3）
form-server-imap = 受信（IMAP）
form-server-smtp = 送信（SMTP）
form-host = サーバー
form-port = ポート
form-tls = 暗号化
form-tls-implicit = SSL/TLS
form-tls-starttls = STARTTLS
form-tls-none = なし
form-tls-none-warning = 暗号化なしでは、パスワードとメールの内容が途中で読まれるおそれがあります。
form-rakuten-relay = あんしんメルアドの中継サーバーを入れました。RMSの表示と違うときは直してください。
form-rakuten-refused = 楽天市場注文の送信では、OAuth認証は使えません
form-rakuten-why = あんしんメルアドは、専用のSMTPサーバー・アカウント・パスワードで送るためです。チェックを外し、中継サーバーの設定を開きました。
form-register = 登録
form-update = 更新
form-check = 接続確認
form-remove = 削除
form-registered = 登録しました。
form-updated = 更新しました。
form-unchanged = 変更はありません。
form-saving = 保存しています
form-authorized = 認可設定が、完了しました。
form-save-hint = { $key } でも保存できます
form-shown-at = 入力内容に直すところが { $count }か所あります。

# 削除の確認
remove-title = メールアカウントを削除しますか
remove-body = { $address } の設定、認可、パスワードを、このパソコンから削除します。メールそのものは消えません。
remove-orders = 削除すると、このアカウントで受け取る注文は取り込まれなくなります。
remove-confirm = 削除する

# 保存していない変更
leave-title = 変更を保存していません
leave-body = このまま移ると、入力した内容は失われます。
leave-save = 保存して移る
leave-discard = 保存しないで移る
leave-stay = 編集を続ける

# 許可を待つ画面
consent-title = ブラウザーで許可を行ってください
consent-sign-in-as = { $address } でサインインしてください
consent-step-sign-in = Microsoftのページでサインインする
consent-step-accept = 「要求されているアクセス許可」で［承諾］を押す
consent-step-return = この画面に自動で戻る
consent-here = いまここ
consent-done = 済み
consent-later = これから
consent-preparing = ブラウザーを開く準備をしています
consent-redeeming = Microsoftの答えを確かめて、保存しています
consent-not-opened = ブラウザーを開けませんでした。アドレスをコピーして、ブラウザーに貼り付けてください。
consent-if-not-open = ページが開かないときは、アドレスをブラウザーに貼り付けてください。
consent-copy = アドレスをコピー
consent-left = 残り { $time }
consent-left-spoken = 残り { $minutes }分です
consent-failed = 認可できませんでした
consent-again = もう一度

# 接続確認
check-title = 接続確認
check-reception = Mail[受信]
check-sending = Mail[送信]
check-protocol-pop3 = POP3
check-protocol-imap = IMAP
check-protocol-smtp = SMTP
check-step-resolve = 名前解決
check-step-connect = 接続
check-step-tls = 暗号化
check-step-greeting = 応答
check-step-capability = 機能
check-step-auth = 認証
check-step-mailbox = メール{"\u200B"}ボックス
check-step-spoken = { $step }、{ $outcome }
check-messages = 未受信 { $count }通
check-never-title = まだ確認していません
check-never-body = ［接続確認］を押すと、受信と送信のサーバーに実際につないで確かめます。メールは送りません。
check-new-body = 登録すると、受信と送信のサーバーに実際につないで確かめられます。
check-again = 再試行
check-cancel = 中止
check-running = 接続を確認しています
check-running-step = { $protocol }：{ $step }を確認しています
check-ended-ok = { $protocol }：正常につながりました
check-ended-failed = { $protocol }：つながりませんでした
check-ended-not-needed = { $protocol }：対象外です
check-cancelled = 接続確認を中止しました。
check-last-ok = 前回は正常につながりました（{ $when }）。
check-last-failed = 前回はつながりませんでした（{ $when }）。
check-last-unchecked = まだ確認していません。
check-not-needed = この用途では使いません。つながらなくても、お店の業務に影響はありません。
check-not-needed-details = 確認の結果を見る

# 診断
diagnosis-who = 直せる人
diagnosis-steps = 手順
diagnosis-useless = 効果がないこと
diagnosis-raw = サーバーの答え（原文）
diagnosis-raw-copy = 原文をコピー
diagnosis-admin = 管理者に送る依頼文
diagnosis-admin-copy = 依頼文をコピー
diagnosis-several = 原因をひとつに決められません。次のどれかが考えられます。
diagnosis-likeliest = いちばん考えられるもの
fixer-owner = あなた
fixer-tenant-admin = Microsoft 365の管理者
fixer-mail-provider = メールサービスの会社
fixer-network-admin = ネットワークの管理者
fixer-app-publisher = アプリ（クライアントID）の登録者
fixer-wait = 時間をおけば直ります

# 設定
settings-title = 設定
settings-display = 表示
settings-language = 言語
settings-language-system = パソコンに合わせる
settings-language-ja = 日本語
settings-language-en = English
settings-theme = 配色
settings-theme-system = パソコンに合わせる
settings-theme-light = ライト
settings-theme-dark = ダーク
settings-microsoft = Microsoftとの接続
settings-microsoft-hint = Microsoftに許可を求めるアプリの名札です。秘密の値ではありません。
settings-client-id = クライアントID
settings-client-id-example = 00000000-0000-0000-0000-000000000000
settings-client-id-built-in = 空欄なら、Ninkaに組み込まれたクライアントIDを使います。
settings-client-id-needed = 空欄では認可できません。下の手順で作って、貼り付けてください。
settings-client-id-invalid = クライアントIDの形ではありません（例: 01234567-89ab-cdef-0123-456789abcdef）。
settings-cloud = クラウド
settings-cloud-worldwide = 通常（世界共通）
settings-cloud-us-government-l4 = 米国政府 L4（GCC High）
settings-cloud-us-government-dod = 米国政府 L5（DoD）
settings-cloud-china = 中国（21Vianet）
settings-cloud-custom = 指定する
settings-cloud-hint = 日本のお店は「通常（世界共通）」です。
settings-authority = サインイン先のアドレス
settings-authority-example = https://login.example.jp/common
settings-authority-hint = https で始まるアドレス。このパソコンの中（localhost）だけは http も使えます。
settings-authority-invalid = https で始まるアドレスを入れてください（localhost だけは http も使えます）。
settings-saved = 設定を保存しました。
settings-practice-note = いまは練習モードです。ここで入力した値は、本番のNinkaで使います。
settings-practice-saved = 保存しました。本番のNinkaを開くと、この値で認可できます。
settings-practice-open-live = 本番のNinkaを開く
settings-practice = 練習モード
settings-practice-body = 練習用のサーバーで、登録・認可・接続確認・故障の直し方を試せます。本番のデータには触れません。
settings-practice-open = 練習モードを開く

# Entraでの登録手順
guide-title = クライアントIDを作る手順
guide-intro = Microsoft Entra 管理センターで、1回だけ行います。組織の管理者のアカウントが必要なことがあります。
guide-open-portal = Entra 管理センターを開く
guide-step-open = 管理センターを開き、サインインします。
guide-step-new = 左のメニューから、新しい登録を始めます。
guide-step-new-path = ID（Identity）› アプリケーション › アプリの登録 › 新規登録
guide-step-name = 名前を入れます。お客様の目には触れません。
guide-step-types = サポートされているアカウントの種類で、次を選びます。
guide-step-types-value = 任意の組織ディレクトリ内のアカウントと個人用の Microsoft アカウント
guide-step-redirect = リダイレクト URI で「パブリック クライアント/ネイティブ (モバイルとデスクトップ)」を選び、次の値を入れて［登録］を押します。
guide-step-redirect-note = ［認証］の画面では「モバイル アプリケーションとデスクトップ アプリケーション」という名前です。末尾に / やポート番号を付けないでください。
guide-step-public = パブリック クライアント フローを許可し、保存します。
guide-step-public-path = 認証 › 詳細設定 › パブリック クライアント フローを許可する › はい
guide-step-permissions = 「委任されたアクセス許可」を加えます。
guide-step-permissions-path = API のアクセス許可 › アクセス許可の追加 › Microsoft Graph › 委任されたアクセス許可
guide-step-permissions-note = 使われるのはOffice 365 Exchange Onlineの権限です。一覧ではMicrosoft Graphの中に、この名前で並んでいます。
guide-step-copy = 概要の「アプリケーション (クライアント) ID」をコピーし、上の欄に貼り付けて保存します。
guide-step-copy-path = 概要 › アプリケーション (クライアント) ID
guide-copy = { $value } をコピー

# 鍵の保管場所
vault-title = 認可とパスワードの守り方を選んでください
vault-title-unlock = パスフレーズを入力してください
vault-why = 認可とパスワードは、暗号にしてこのパソコンに保存します。その鍵の置き場所が必要です。
vault-retry = 再試行
vault-retry-hint = パソコンの鍵の保管場所を、もう一度確かめます。
vault-passphrase = パスフレーズで守る
vault-passphrase-hint = 開くたびに入力します。忘れると、各アカウントで再認可が必要になります。
vault-passphrase-field = パスフレーズ
vault-passphrase-again = もう一度入力
vault-passphrase-length = { $least }文字以上
vault-passphrase-short = あと{ $missing }文字必要です。
vault-passphrase-differs = 2つの入力が違います。
vault-passphrase-missing = 入力してください。
vault-passphrase-show = 表示する
vault-set = このパスフレーズで守る
vault-unlock = 開く
vault-session = 終了するまでだけ使う
vault-session-hint = 鍵を保存しません。Ninkaを終了すると、認可とパスワードはやり直しになります。
vault-later = あとで決める
vault-later-note = 認可とパスワードの守り方がまだ決まっていません。
vault-choose = 守り方を選ぶ

# 練習モード
practice-bar-title = 練習モード
practice-bar-body = 練習用のサーバーにつながっています。本番のメールには触れません。
practice-bar-fault = 故障
practice-bar-fault-none = なし
practice-bar-clock = 練習の日付
practice-bar-ahead = （{ $days }日先）
practice-bar-jump = 日付を進める
practice-bar-jump-days = +{ $days }日
practice-bar-jump-spoken = { $days }日進める
practice-bar-jumped = 練習の日付を { $days }日進めました。
practice-bar-fault-set = 故障を「{ $fault }」にしました。
practice-bar-fault-cleared = 故障をなくしました。
practice-bar-reset = 最初に戻す
practice-bar-reset-title = 練習を最初に戻しますか
practice-bar-reset-body = 練習で登録したメールアカウントを消し、日付と故障を元に戻します。
practice-bar-reset-confirm = 最初に戻す
practice-bar-reset-done = 練習を最初に戻しました。
practice-bar-leave = 本番を始める
practice-bar-leave-client-id = クライアントIDを入力する

# 起動できないとき
start-title = Ninkaを開けませんでした
start-loading = 開いています

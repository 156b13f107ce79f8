# 使い方（ハンドブック）のうち、原因のページを作るための言葉。

handbook-meaning = どういうことか
handbook-steps = 手順
handbook-useless = しても直らないこと
handbook-admin = 管理者への依頼文
handbook-admin-how = Ninkaの画面では、あなたのメールアドレスなどを入れた文面をコピーできます。
handbook-admin-address = （メールアドレス）
handbook-admin-client = （クライアントID）
handbook-admin-link = （承認のリンク）
handbook-name = サポート用の名前

# 原因の種類
family-grant-gone = 認可が切れた・取り消された
family-second-factor = 本人確認（多要素認証）
family-consent = 同意と承認
family-policy = 組織の決まり
family-app-registration = アプリの登録（クライアントID）
family-scope = 求める許可
family-code = 認可のコード
family-token-use = 認可の使われ方
family-credential = アカウントとパスワード
family-directory-user = 組織とユーザー
family-protocol-off = POP・IMAP・SMTPがオフ
family-mechanism = サインインの方式
family-limits = 回数と混雑の制限
family-sending = 送信
family-name = サーバーの名前
family-tls-mode = ポートと暗号化の組み合わせ
family-tls-version = 暗号化の版
family-certificate = 証明書
family-network = ネットワーク
family-unknown = そのほか

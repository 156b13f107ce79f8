# メールアドレスに合うサーバーの候補
servers-way-known = Ninkaが知っている事業者
servers-way-domain = ドメインが公開しているメールソフト用の設定
servers-way-mozilla = Mozillaの事業者一覧
servers-way-services = ドメインのSRVレコード
servers-way-mail-hosts = メールの届け先から分かった事業者
servers-way-domain-in-the-clear = ドメインが公開しているメールソフト用の設定（暗号化なし）
servers-need-app-password = この事業者では、いつものパスワードは使えません。アカウントのセキュリティ設定でアプリ用のパスワードを作り、それを入力してください。
servers-need-switch-on-pop = メールソフトでの受信が、最初はオフのことがあります。事業者のメール設定で、POPまたはIMAPをオンにしてください。
servers-need-own-password = メールソフト用に、事業者が別のパスワードを発行しています。ホームページにログインするパスワードではなく、そちらを入力してください。
servers-need-oauth = Microsoftのメールです。パスワードでは接続できなくなっているため、OAuth認証を使ってください。
servers-need-pop-before-smtp = 送信サーバーが、認証を受け付けていません。受信した直後だけ送信できる方式（POP before SMTP）かもしれません。認証のある送信サーバーを、事業者に確かめてください。
servers-none = 応答するサーバーは見つかりませんでした。事業者の「メールソフトの設定」の案内をご覧ください。
servers-silent = 見つかりましたが、正しい応答がありません：{ $server }
servers-not-asked = 設定に従い、どこにも問い合わせず、応答も確かめていません。

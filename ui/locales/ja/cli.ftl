# 端末に出す言葉。
cli-sign-in-as = { $address } でサインインしてください。
cli-returned = ブラウザーから戻りました。確かめています…
cli-authorized = 認可設定が、完了しました。
cli-several-causes = 考えられる原因がいくつかあります:
cli-fixer-owner = 直せる人: あなた
cli-fixer-tenant-admin = 直せる人: Microsoft 365 の管理者
cli-fixer-mail-provider = 直せる人: メールサービスの会社
cli-fixer-network-admin = 直せる人: ネットワークの管理者
cli-fixer-app-publisher = 直せる人: このプログラムの提供元
cli-fixer-wait = 直せる人: なし（時間がたてば直ります）
cli-passphrase = 端末では、環境変数 NINKA_PASSPHRASE にパスフレーズを入れると、鍵の保管場所がなくても使えます。
cli-import-not-yet = まだ何も登録していません。登録するには --yes を付けてください。
cli-import-done = { $count }件のアカウントを登録しました。

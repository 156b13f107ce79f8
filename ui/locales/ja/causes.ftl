# 原因ごとの文。値は「何が起きたか」を一文で、.meaning はそれがどういうことか、.steps は手順（一行に一つ）、
# .useless はしても直らないこと（なければ -）、.admin は管理者にそのまま送れる依頼文。
# .admin では $address がメールアドレス、$client がクライアントID、$link が承認のリンク。

## grant_gone

cause-refresh-token-expired-inactive = 長いあいだ使われなかったため、Microsoftの認可の期限（通常90日）が切れました。
    .meaning = 新しく認可するまで、このアカウントでの受信も送信もできません。設定やメールは失われていません。
    .steps =
        このアカウントの編集画面を開きます。
        ［認可］を押し、ブラウザーで同じメールアドレスを選んでサインインします。
        接続確認が緑になれば完了です。
    .useless = パスワードを変えたり、サーバーの設定を直したりしても、元に戻りません。
cause-refresh-token-revoked-password-change = パスワードの変更、または管理者の操作により、Microsoftの認可が取り消されました。
    .meaning = 新しく認可するまで、このアカウントでの受信も送信もできません。
    .steps =
        編集画面で［認可］を押します。
        ブラウザーで、新しいパスワードを使ってサインインします。
        自分でパスワードを変えた覚えがないときは、管理者に連絡します。
    .useless = 古いパスワードに戻しても、取り消された認可は戻りません。
cause-refresh-token-expired-or-revoked = Googleの認可が、期限切れになったか取り消されています。
    .meaning = 新しく認可するまで、このアカウントでの受信も送信もできません。
    .steps =
        使っているメールソフトの設定で、Googleのアカウントにもう一度サインインします。
        サインインできないときは、https://myaccount.google.com/connections を開き、そのメールソフトの接続をいったん削除してから、もう一度サインインします。
    .useless = サーバー名やポート番号を変えても直りません。
cause-sign-in-frequency-policy = 組織の決まりにより、一定の時間ごとにサインインし直す必要があります。
    .meaning = その時間が過ぎるたびに、受信も送信も止まります。
    .steps =
        編集画面で［認可］を押し、サインインします。
        何度も止まるときは、サインインの頻度の設定をゆるめられないか、Microsoft 365の管理者に相談します。
    .useless = 認可し直すと直りますが、決められた時間が過ぎるとまた止まります。
    .admin =
        メールアカウント { $address } は、条件付きアクセスの「サインインの頻度」により、繰り返し停止しています（AADSTS70043）。
        受注メールの受信などに使うため、このアカウントに適用される頻度を長くするか、対象から外すことをご検討ください。
        場所: Microsoft Entra 管理センター › Entra ID › 条件付きアクセス › ポリシー › セッション › サインインの頻度
cause-google-testing-app-token = Googleに登録されたアプリが「テスト中」のため、認可が7日で切れました。
    .meaning = アプリが公開されるまで、7日ごとに受信と送信が止まります。
    .steps =
        プログラムの発行元に、Google Cloud コンソール › Google Auth Platform › 対象 で［アプリを公開］を押すよう依頼します。
        それまでは、7日ごとにサインインし直します。
    .useless = もう一度サインインしても、7日後にまた止まります。

## second_factor

cause-mfa-required = 本人確認（多要素認証）が必要です。
    .meaning = 確認が済むまで、受信も送信もできません。
    .steps =
        編集画面で［認可］を押します。
        ブラウザーでサインインし、Microsoft Authenticatorや電話での確認を最後まで行います。
    .useless = パスワードを入れ直すだけでは直りません。
cause-mfa-enrollment-required = 本人確認（多要素認証）の方法が、まだ登録されていません。
    .meaning = 登録するまで、受信も送信もできません。
    .steps =
        ブラウザーで https://mysignins.microsoft.com/security-info を開き、このメールアドレスでサインインします。
        ［サインイン方法の追加］で、Microsoft Authenticatorまたは電話番号を登録します。
        編集画面で［認可］を押します。
    .useless = 登録の前に認可しても、同じところで止まります。

## consent

cause-consent-missing = このプログラムがメールを扱うことへの同意が、まだありません。
    .meaning = 同意するまで、このアカウントでは受信も送信もできません。
    .steps =
        編集画面で［認可］を押し、サインインします。
        「要求されているアクセス許可」の画面で［承諾］を押します。
        同意の画面が出ないときや、管理者の承認を求められるときは、Microsoft 365の管理者に依頼します。
    .useless = サーバーの設定を変えても直りません。
    .admin =
        組織のMicrosoft 365で、アプリ（クライアントID { $client }）の利用を承認してください。{ $address } のメールの受信と送信に使います。
        承認のリンク（管理者として開きます）: { $link }
        求める許可: POP.AccessAsUser.All、IMAP.AccessAsUser.All、SMTP.Send、offline_access（サインインした本人のメールだけが対象です）
        場所: Microsoft Entra 管理センター › Entra ID › エンタープライズ アプリ › 該当のアプリ › アクセス許可 › 管理者の同意を与えます
        申請の一覧: Microsoft Entra 管理センター › Entra ID › エンタープライズ アプリ › 管理者の同意要求
        PowerShell（Connect-MgGraphで接続してから）: Get-MgServicePrincipal -Filter "appId eq '{ $client }'"
cause-admin-consent-required = このプログラムを使うには、組織の管理者の承認が必要です。
    .meaning = 管理者が承認するまで、このアカウントでは認可できません。
    .steps =
        下の依頼文をコピーして、Microsoft 365の管理者に送ります。
        承認されたら、編集画面で［認可］を押します。
    .useless = 承認の前に、何度認可しても同じです。
    .admin =
        組織のMicrosoft 365で、アプリ（クライアントID { $client }）の利用を承認してください。{ $address } のメールの受信と送信に使います。
        承認のリンク（管理者として開きます）: { $link }
        求める許可: POP.AccessAsUser.All、IMAP.AccessAsUser.All、SMTP.Send、offline_access（サインインした本人のメールだけが対象です）
        場所: Microsoft Entra 管理センター › Entra ID › エンタープライズ アプリ › 該当のアプリ › アクセス許可 › 管理者の同意を与えます
        申請の一覧: Microsoft Entra 管理センター › Entra ID › エンタープライズ アプリ › 管理者の同意要求
        PowerShell（Connect-MgGraphで接続してから）: Get-MgServicePrincipal -Filter "appId eq '{ $client }'"
cause-user-declined-consent = 同意の画面で、許可が断られました。
    .meaning = 認可は行われていません。これまでの認可があれば、そのまま残っています。
    .steps =
        編集画面で［認可］を押します。
        「要求されているアクセス許可」の画面で［承諾］を押します。
    .useless = 断ったままでは、受信も送信もできません。
cause-user-cancelled = ブラウザーでのサインインが、途中で取りやめられました。
    .meaning = 認可は行われていません。これまでの認可があれば、そのまま残っています。
    .steps =
        編集画面で［認可］を押します。
        「サインインしようとしていますか」と聞かれたら［続行］を選び、最後まで進みます。
    .useless = -

## policy

cause-conditional-access-blocked = 組織の決まり（条件付きアクセスなど）により、サインインが止められました。
    .meaning = 管理者が許可するまで、このアカウントでの受信も送信もできません。
    .steps =
        下の依頼文をコピーして、Microsoft 365の管理者に送ります。
        会社の外にいるときは、会社のネットワークからも試します。
        許可されたら、編集画面で［認可］を押します。
    .useless = パスワードの変更や、もう一度の認可では直りません。
    .admin =
        メールアカウント { $address } のサインインが、ポリシーにより止められています。
        次の場所で、止めたポリシーの名前をご確認のうえ、このアプリ（{ $client }）からのサインインを許可してください。
        確認: Microsoft Entra 管理センター › Entra ID › 監視と正常性 › サインイン ログ › 該当の行 › 条件付きアクセス
        設定: Microsoft Entra 管理センター › Entra ID › 条件付きアクセス › ポリシー
        セキュリティの既定値群を使っている場合: Microsoft Entra 管理センター › Entra ID › 概要 › プロパティ › セキュリティの既定値群の管理
        PowerShellでの確認（Connect-MgGraphで接続してから）: Get-MgAuditLogSignIn -Filter "userPrincipalName eq '{ $address }'" -Top 10
cause-device-compliance-required = 組織の決まりにより、会社が管理するパソコンからしかサインインできません。
    .meaning = このパソコンでは、受信も送信もできません。
    .steps =
        会社が管理するパソコンで、NinkaとMicrosoft Edgeを使って認可します。
        そのパソコンでも止まるときは、下の依頼文を管理者に送ります。
    .useless = このパソコンで認可し直しても直りません。
    .admin =
        メールアカウント { $address } のサインインが、デバイスの条件（準拠、参加、登録）を満たさないため止められています（AADSTS53000 など）。
        このパソコンをIntuneなどに登録するか、このアカウントまたはこのアプリ（{ $client }）を条件の対象から外してください。
        場所: Microsoft Entra 管理センター › Entra ID › 条件付きアクセス › ポリシー › 許可
        デバイスの確認: Microsoft Intune 管理センター › デバイス › すべてのデバイス
        PowerShell（Connect-MgGraphで接続してから）: Get-MgDevice -Filter "startswith(displayName,'コンピューター名')"
cause-conditional-access-platform = 組織の決まりにより、この種類のパソコンやブラウザーからのサインインが止められました。
    .meaning = 管理者が許可するまで、このパソコンでは受信も送信もできません。
    .steps =
        既定のブラウザーをMicrosoft EdgeまたはSafariにして、もう一度［認可］を押します。
        それでも止まるときは、下の依頼文を管理者に送ります。
    .useless = パスワードを変えても直りません。
    .admin =
        メールアカウント { $address } のサインインが、デバイス プラットフォームの条件により止められています（AADSTS50005）。
        アプリ（{ $client }）は、OSの種類が「不明」と判定されることがあります。許可する条件をご確認ください。
        場所: Microsoft Entra 管理センター › Entra ID › 条件付きアクセス › ポリシー › 条件 › デバイス プラットフォーム
        PowerShell（Connect-MgGraphで接続してから）: Get-MgIdentityConditionalAccessPolicy | Format-List DisplayName,Conditions
cause-device-deleted-from-tenant = このパソコンの登録が、組織から消されています。
    .meaning = 登録し直すまで、受信も送信もできません。
    .steps =
        Windowsの［設定］›［アカウント］›［職場または学校にアクセスする］を開きます。
        会社のアカウントを［切断］し、［接続］からもう一度追加します。
        編集画面で［認可］を押します。
    .useless = 登録を直さずに認可しても、同じところで止まります。
cause-user-not-assigned-to-app = このプログラムを使う人として、組織で割り当てられていません。
    .meaning = 割り当てられるまで、このアカウントでは認可できません。
    .steps =
        下の依頼文をコピーして、Microsoft 365の管理者に送ります。
        割り当てられたら、編集画面で［認可］を押します。
    .useless = 割り当ての前に、何度認可しても同じです。
    .admin =
        { $address } を、アプリ（{ $client }）の利用者に割り当ててください（AADSTS50105）。
        場所: Microsoft Entra 管理センター › Entra ID › エンタープライズ アプリ › 該当のアプリ › ユーザーとグループ › ユーザーまたはグループの追加
        または、同じアプリの［プロパティ］で「割り当てが必要ですか?」を「いいえ」にしてください。
        PowerShell（Connect-MgGraphで接続してから）: Get-MgServicePrincipal -Filter "appId eq '{ $client }'" | Select-Object Id,DisplayName,AppRoleAssignmentRequired

## app_registration

cause-public-client-disabled = アプリの登録が、パソコン用のプログラム（パブリック クライアント）になっていません。
    .meaning = 登録が直るまで、どのアカウントも認可できません。
    .steps =
        アプリを登録した人に、Microsoft Entra 管理センター › Entra ID › アプリの登録 › 認証 を開いてもらいます。
        「モバイル アプリケーションとデスクトップ アプリケーション」に http://localhost を加えてもらいます。
        同じ画面の「パブリック クライアント フローを許可する」を「はい」にしてもらいます。
    .useless = もう一度認可しても直りません。
cause-redirect-uri-mismatch = サインインの戻り先が、アプリの登録と合っていません。
    .meaning = 登録が直るまで、どのアカウントも認可できません。
    .steps =
        アプリを登録した人に、Microsoft Entra 管理センター › Entra ID › アプリの登録 › 認証 を開いてもらいます。
        「モバイル アプリケーションとデスクトップ アプリケーション」に http://localhost を加えてもらいます。
        設定画面のクライアントIDが、そのアプリのものかも確かめます。
    .useless = もう一度認可しても直りません。
cause-redirect-platform-wrong = サインインの戻り先が、違う種類（Webなど）として登録されています。
    .meaning = 登録が直るまで、どのアカウントも認可できません。
    .steps =
        アプリを登録した人に、Microsoft Entra 管理センター › Entra ID › アプリの登録 › 認証 を開いてもらいます。
        「Web」や「シングルページ アプリケーション」にある戻り先を消してもらいます。
        「モバイル アプリケーションとデスクトップ アプリケーション」に http://localhost を加えてもらいます。
    .useless = もう一度認可しても直りません。
cause-redirect-uri-invalid = サインインの戻り先が、今では使えない形で登録されています。
    .meaning = 登録が直るまで、どのアカウントも認可できません。
    .steps =
        アプリを登録した人に、戻り先を http://localhost に変えてもらいます。
        場所は Microsoft Entra 管理センター › Entra ID › アプリの登録 › 認証 です。
    .useless = もう一度認可しても直りません。
cause-app-disabled = アプリの登録が、無効にされています。
    .meaning = 有効に戻るまで、どのアカウントも認可できません。
    .steps =
        アプリを登録した人に、無効になった理由を確かめてもらいます。
        組織の管理者が止めているときは、Entra ID › エンタープライズ アプリ › 該当のアプリ › プロパティ の「ユーザーのサインインが有効になっていますか?」を「はい」にしてもらいます。
    .useless = もう一度認可しても直りません。
cause-app-not-in-tenant = この組織には、このプログラムがまだ登録されていません。
    .meaning = 管理者が加えるまで、この組織のアカウントは認可できません。
    .steps =
        設定画面のクライアントIDに間違いがないか確かめます。
        正しいときは、下の依頼文を管理者に送ります。
    .useless = クライアントIDを直すか、管理者が加えるまで、認可し直しても同じです。
    .admin =
        組織のMicrosoft 365で、アプリ（クライアントID { $client }）の利用を承認してください。{ $address } のメールの受信と送信に使います。
        承認のリンク（管理者として開きます）: { $link }
        求める許可: POP.AccessAsUser.All、IMAP.AccessAsUser.All、SMTP.Send、offline_access（サインインした本人のメールだけが対象です）
        場所: Microsoft Entra 管理センター › Entra ID › エンタープライズ アプリ › 該当のアプリ › アクセス許可 › 管理者の同意を与えます
        申請の一覧: Microsoft Entra 管理センター › Entra ID › エンタープライズ アプリ › 管理者の同意要求
        PowerShell（Connect-MgGraph -Scopes Application.ReadWrite.All で接続してから）: New-MgServicePrincipal -AppId { $client }
cause-app-deleted = アプリの登録が、削除されています。
    .meaning = 新しいクライアントIDに変えるまで、どのアカウントも認可できません。
    .steps =
        プログラムの発行元に、新しいクライアントIDを確かめます。
        設定画面でクライアントIDを入れ直します。
        各アカウントで［認可］を押します。
    .useless = 今のクライアントIDのままでは、認可し直しても直りません。
cause-app-single-tenant-common-endpoint = アプリの登録が、登録元の組織だけのものになっています。
    .meaning = ほかの組織のアカウントは認可できません。
    .steps =
        自分の組織で登録したアプリなら、設定画面のサインイン先（authority）に自分の組織のIDを入れます。
        そうでなければ、アプリを登録した人に、認証 › サポートされているアカウントの種類 を「任意の組織」に変えてもらいます。
    .useless = もう一度認可しても直りません。
cause-app-not-enabled-for-personal = このアプリの登録では、個人用のMicrosoftアカウントが使えません。
    .meaning = Outlook.comなどの個人用アカウントは認可できません。会社用のアカウントは影響を受けません。
    .steps =
        設定画面のクライアントIDに間違いがないか確かめます。
        正しいときは、アプリを登録した人に、サポートされているアカウントの種類へ「個人用 Microsoft アカウント」を加えてもらいます。
    .useless = もう一度認可しても直りません。
cause-client-id-wrong = クライアントIDが正しくありません。
    .meaning = 正しいIDを入れるまで、どのアカウントも認可できません。
    .steps =
        設定 › Microsoftとの接続 を開きます。
        「アプリケーション (クライアント) ID」を、0a1b2c3d-… の形のまま貼り付けます。名前やメールアドレス、シークレットは入れません。
        各アカウントで［認可］を押します。
    .useless = IDを直す前に認可しても、同じところで止まります。
cause-client-secret-invalid = プログラムが使うクライアント シークレットが正しくありません。
    .meaning = シークレットを直すまで、認可も更新もできません。
    .steps =
        アプリを登録した人に、Microsoft Entra 管理センター › Entra ID › アプリの登録 › 証明書とシークレット を開いてもらいます。
        シークレットの「ID」ではなく「値」を使っているか確かめてもらいます。
        Ninkaはシークレットを使いません。パソコン用のアプリの登録なら、シークレットは不要です。
    .useless = もう一度認可しても直りません。
cause-client-secret-expired = プログラムが使うクライアント シークレットの期限が切れました。
    .meaning = 新しいシークレットができるまで、認可も更新もできません。
    .steps =
        アプリを登録した人に、証明書とシークレット で新しいクライアント シークレットを作ってもらいます。
        プログラムの設定で、新しい値に入れ替えてもらいます。
    .useless = 利用者の側でできることはありません。もう一度認可しても直りません。
cause-client-secret-not-allowed = シークレットの要らないアプリに、シークレットが送られました。
    .meaning = 設定が直るまで、認可も更新もできません。
    .steps =
        プログラムの設定で、クライアント シークレットの欄を空にします。
        欄がないときは、プログラムの発行元に知らせます。
    .useless = もう一度認可しても直りません。
cause-endpoint-wrong-for-app = サインイン先の種類（共通、組織用、個人用）が、アプリの登録と合っていません。
    .meaning = サインイン先を直すまで、認可できません。
    .steps =
        設定 › Microsoftとの接続 で、サインイン先（authority）を確かめます。
        会社用だけのアプリなら organizations か組織のIDを、個人用だけのアプリなら consumers を使います。
    .useless = もう一度認可しても直りません。
cause-service-principal-not-registered = 利用者のサインインなしで動くアプリとして、Exchangeに登録されていません。
    .meaning = 登録されるまで、このアプリからは受信も送信もできません。
    .steps =
        下の依頼文を、Microsoft 365の管理者に送ります。
        Ninkaで［認可］する使い方では、この登録は要りません。
    .useless = トークンを取り直しても直りません。
    .admin =
        アプリ（{ $client }）をExchange Onlineに登録し、メールボックス { $address } へのアクセスを許可してください。
        ObjectIdには「エンタープライズ アプリケーション」のオブジェクトIDを使います（「アプリの登録」のものではありません）。
        場所: Microsoft Entra 管理センター › Entra ID › エンタープライズ アプリ › 該当のアプリ › 概要
        PowerShell（Connect-ExchangeOnlineで接続してから）:
        New-ServicePrincipal -AppId { $client } -ObjectId <オブジェクトID>
        Add-MailboxPermission -Identity { $address } -User <オブジェクトID> -AccessRights FullAccess

## scope

cause-wrong-scope-format = プログラムが求めた許可（スコープ）の書き方が正しくありません。
    .meaning = プログラムの設定が直るまで、認可できません。
    .steps =
        プログラムの発行元に、エラーの原文を添えて知らせます。
        自分で設定しているときは、スコープを https://outlook.office.com/POP.AccessAsUser.All などの正しい形に直します。
    .useless = もう一度認可しても直りません。
cause-wrong-scope-resource = 認可が、メールの受信や送信とは別のサービスに対するものになっています。
    .meaning = この認可では、メールサーバーに入れません。
    .steps =
        アプリを登録した人に、APIのアクセス許可 を確かめてもらいます。
        「Office 365 Exchange Online」または「Microsoft Graph」の POP.AccessAsUser.All、IMAP.AccessAsUser.All、SMTP.Send を加えてもらいます。
        編集画面で［認可］を押し、許可を取り直します。
    .useless = 許可を加えずに認可し直しても直りません。Mail.Sendなどの許可は、SMTPでは使えません。
cause-scopes-of-two-resources = プログラムが、二つのサービスの許可を一度に求めました。
    .meaning = プログラムが直るまで、認可できません。
    .steps =
        プログラムの発行元に、エラーの原文を添えて知らせます。
        自分で設定しているときは、graph.microsoft.com と outlook.office.com のスコープを混ぜないようにします。
    .useless = もう一度認可しても直りません。
cause-refresh-scope-missing = 認可の更新のとき、必要な項目（スコープ）が送られませんでした。
    .meaning = プログラムが直るまで、認可を更新できません。
    .steps =
        プログラムを最新の版にします。
        続くときは、プログラムの発行元に、エラーの原文を添えて知らせます。
    .useless = もう一度認可しても直りません。
cause-refresh-scope-not-granted = 認可の更新のとき、まだ許していない許可が求められました。
    .meaning = 認可そのものは、まだ有効なことがあります。
    .steps =
        編集画面で［認可］を押し、求められた許可を承諾します。
        続くときは、プログラムの発行元に知らせます。
    .useless = サーバーの設定を変えても直りません。

## code

cause-auth-code-reused = サインインで受け取った一度きりのコードが、使い終わったか期限切れでした。
    .meaning = 認可は行われていません。これまでの認可があれば、そのまま残っています。
    .steps =
        編集画面で、もう一度［認可］を押します。
        ブラウザーの［戻る］や再読み込みは使わず、最後まで進みます。
        続くときは、プログラムの発行元に知らせます。
    .useless = 同じページを再読み込みしても直りません。
cause-device-code-pending = 別の端末でのサインインを待っています。
    .meaning = 失敗ではありません。
    .steps =
        表示されたコードを、案内のページに入力します。
        サインインが終わるまで待ちます。
    .useless = -
cause-device-code-expired = 別の端末に入力するコードの期限（通常15分）が切れました。
    .meaning = 認可は行われていません。
    .steps =
        もう一度始めて、新しいコードを受け取ります。
        期限の前に、コードを入力してサインインを終えます。
    .useless = 古いコードは、もう使えません。
cause-device-code-expired-service-incident = Microsoft側の障害により、コードがすぐに期限切れになっています。
    .meaning = 障害が直るまで、この方法では認可できません。
    .steps =
        しばらく待って、もう一度行います。
        https://status.cloud.microsoft で障害の情報を確かめます。
    .useless = 何度すぐに繰り返しても同じです。

## directory_user

cause-guest-or-wrong-tenant = サインインしたアカウントは、この組織のものではありません。
    .meaning = このままでは認可できません。
    .steps =
        編集画面で［認可］を押し、登録したメールアドレスそのものを選んでサインインします。
        ほかのアカウントが勝手に選ばれるときは、ブラウザーでサインアウトしてから行います。
        合っているのに続くときは、サインイン先の設定を確かめるよう、プログラムの発行元に知らせます。
    .useless = 同じアカウントで認可し直しても直りません。
cause-user-not-in-tenant = このメールアドレスのアカウントが、見つかりませんでした。
    .meaning = 正しいアドレスにするまで、認可できません。
    .steps =
        メールアドレスのつづりを確かめます。
        サインイン用の名前（ユーザー名）がメールアドレスと違わないか、管理者に確かめます。
        編集画面で［認可］を押し、正しい名前でサインインします。
    .useless = 同じ名前のまま認可し直しても直りません。
cause-account-locked = アカウントが、ロックされているか無効になっています。
    .meaning = 解除されるまで、受信も送信もできません。
    .steps =
        ほかのパソコンやスマートフォンに、古いパスワードが残っていないか確かめます。
        30分ほど待ってから、もう一度行います。
        解除されないときは、下の依頼文を管理者に送ります。
    .useless = 続けて何度も試すと、ロックが延びることがあります。
    .admin =
        メールアカウント { $address } が、ロックまたは無効になっています。状態をご確認のうえ、解除してください。
        場所: Microsoft 365 管理センター › ユーザー › アクティブなユーザー › 該当の人 › サインインのブロック
        確認: Microsoft Entra 管理センター › Entra ID › 監視と正常性 › サインイン ログ
        PowerShell（Connect-MgGraphで接続してから）: Update-MgUser -UserId { $address } -AccountEnabled:$true
cause-ip-blocked = 今のネットワークのIPアドレスが、拒否されています。
    .meaning = 別のネットワークにするか、拒否が解かれるまで、使えません。
    .steps =
        スマートフォンのテザリングなど、別のネットワークで試します。
        VPNを使っているときは、切ってから試します。
        送信のときは、メールの提供元に、表示されたIPアドレスを伝えて解除を頼みます。
    .useless = パスワードを変えても直りません。
    .admin =
        メールアカウント { $address } のサインインが、接続元のIPアドレスを理由に止められています（AADSTS50053 など）。
        次の場所で理由をご確認のうえ、問題のないアドレスなら許可してください。
        場所: Microsoft Entra 管理センター › Entra ID › 監視と正常性 › サインイン ログ
        許可: Microsoft Entra 管理センター › Entra ID › 条件付きアクセス › ネームド ロケーション
        PowerShell（Connect-MgGraphで接続してから）: Get-MgAuditLogSignIn -Filter "userPrincipalName eq '{ $address }'" -Top 10
cause-federated-account-password-flow = このアカウントは会社独自のサインインを使うため、パスワードだけでは確かめられません。
    .meaning = ブラウザーでの認可に変えるまで、受信も送信もできません。
    .steps =
        編集画面で「OAuth認証を使用してPOP、SMTPプロトコルに接続」をオンにします。
        ［認可］を押し、会社のサインイン画面で進みます。
        できないときは、下の依頼文を管理者に送ります。
    .useless = パスワードを入れ直しても直りません。
    .admin =
        { $address } のドメインはフェデレーション（AD FSなど）のため、パスワードだけでのサインインができません。
        ブラウザーでのOAuth認可（アプリ { $client }）を許可してください。
        確認: Microsoft Entra 管理センター › Entra ID › ドメイン名
        PowerShell（Connect-MgGraphで接続してから）: Get-MgDomain | Select-Object Id,AuthenticationType
cause-federation-server-unreachable = 会社のサインイン用サーバー（AD FSなど）につながりません。
    .meaning = そのサーバーが直るまで、受信も送信もできません。
    .steps =
        下の依頼文を、会社の管理者に送ります。
        OAuth認証をまだ使っていないときは、編集画面でオンにして［認可］を試します。
    .useless = パスワードを変えても直りません。
    .admin =
        { $address } のサインインで、フェデレーション サーバー（AD FSなど）またはパススルー認証のエージェントに届きません。
        サーバーの稼働と、インターネットからの到達を確かめてください。
        確認: Microsoft Entra 管理センター › Entra ID › Entra Connect
        PowerShell（AD FSサーバー）: Get-Service adfssrv; Get-AdfsProperties | Select-Object HostName
cause-federation-server-tls = 会社のサインイン用サーバー（AD FSなど）の暗号化が、古いか使えません。
    .meaning = そのサーバーが直るまで、受信も送信もできません。
    .steps =
        下の依頼文を、会社の管理者に送ります。
    .useless = パスワードの変更や、もう一度の認可では直りません。
    .admin =
        { $address } のサインインで、フェデレーション サーバー（AD FSなど）がHTTPS（TLS 1.2以降）で応答していません。
        AD FSサーバーとプロキシでTLS 1.2を有効にし、証明書をご確認ください。
        場所: AD FSの管理 › サービス › 証明書
        PowerShell（AD FSサーバー）: Get-AdfsSslCertificate; Get-AdfsEndpoint | Select-Object FullUrl,Enabled

## credential

cause-bad-password = ユーザー名またはパスワードが違います。
    .meaning = このサーバーには入れません。パスワードを変えた直後なら、ここにも新しいものを入れる必要があります。
    .steps =
        提供元のWebメールに、同じユーザー名とパスワードで入れるか確かめます。
        編集画面で、パスワードを入れ直します。大文字と小文字、全角と半角に気をつけます。
        ユーザー名を、メールアドレス全体にしても試します。
        何度も失敗するとロックされることがあるので、確かめてから行います。
    .useless = サーバー名やポート番号を変えても直りません。
cause-app-password-needed = 普段のパスワードではなく、メールソフト専用のパスワード（アプリ パスワード）が必要です。
    .meaning = 専用のパスワードを作るまで、このサーバーには入れません。
    .steps =
        Gmailは https://myaccount.google.com/apppasswords で、2段階認証をオンにしてから作ります。
        Yahoo!、iCloud、QQ、163などは、アカウントのセキュリティ設定で作ります（授权码とも呼ばれます）。
        編集画面のパスワード欄に、作ったものを入れます。
    .useless = 普段のパスワードを何度入れ直しても直りません。
cause-basic-auth-retired = このサーバーは、パスワードでの接続を受け付けなくなりました。
    .meaning = OAuth認証に変えるまで使えません。Microsoftでは、受信（POP、IMAP）はすでに終わっています。
    .steps =
        編集画面で「OAuth認証を使用してPOP、SMTPプロトコルに接続」をオンにします。
        ［認可］を押し、ブラウザーでサインインします。
        Gmailのときは、アプリ パスワードを使います。
    .useless = パスワードを変えたり、入れ直したりしても直りません。
cause-less-secure-apps-off = 「安全性の低いアプリ」としての接続が、止められています。
    .meaning = 今の入り方では使えません。アプリ パスワードかOAuth認証が必要です。
    .steps =
        アカウントのセキュリティ設定で、2段階認証をオンにします。
        アプリ パスワードを作り、編集画面のパスワード欄に入れます。
    .useless = 普段のパスワードを入れ直しても直りません。「安全性の低いアプリ」の設定は、多くの提供元で廃止されています。
cause-web-login-required = ブラウザーで一度サインインして、確認する必要があります。
    .meaning = 確認が済むまで、このサーバーには入れません。
    .steps =
        ブラウザーで、提供元のWebメールにサインインします。
        「心当たりがある」などの確認に答えます。
        10分ほど待って、もう一度接続を確認します。
        続くときは、アプリ パスワードを使います。
    .useless = 確認の前にパスワードを入れ直しても直りません。
cause-username-format-wrong = ユーザー名の形が違います。
    .meaning = このサーバーには入れません。多くの場合、メールアドレス全体が必要です。
    .steps =
        編集画面で、ユーザー名をメールアドレス全体（例: shop@example.jp）にします。
        だめなときは、@より前だけにするなど、提供元の案内どおりの形にします。
    .useless = パスワードを入れ直しても直りません。
cause-oauth-not-used = OAuth認証が必要なのに、パスワードとして送られました。
    .meaning = OAuth認証に変えるまで使えません。
    .steps =
        編集画面で「OAuth認証を使用してPOP、SMTPプロトコルに接続」をオンにします。
        ［認可］を押し、ブラウザーでサインインします。
    .useless = クライアントIDやシークレットを、パスワードの欄に入れても使えません。
cause-pop-before-smtp-required = 送信の前に、受信が必要なサーバー（POP before SMTP）です。
    .meaning = 受信してから決まった時間のあいだだけ、送信できます。
    .steps =
        先に受信し、続けて送信します。
        提供元がSMTP認証に対応していれば、編集画面で送信のユーザー名とパスワードを入れます。
        そのとき、ポート番号は587にします。
    .useless = 宛先や本文を変えても直りません。
cause-auth-not-attempted = サインインしないまま送ろうとしたため、断られました。
    .meaning = 送信の認証が使われていません。受信には影響しません。
    .steps =
        編集画面で、送信（SMTP）の認証をオンにします。
        ユーザー名とパスワード、またはOAuth認証を設定します。
        ポート番号を587、暗号化をSTARTTLSにします。
    .useless = 宛先を変えても直りません。

## token_use

cause-wrong-account-signed-in = 登録したメールアドレスとは別のアカウントで、認可されています。
    .meaning = このメールボックスは開けません。
    .steps =
        編集画面で［認可］を押します。
        登録したメールアドレスそのものを選んでサインインします。
        共有メールボックスなら、サインインする人にフルアクセスの権限があるか、管理者に確かめます。
    .useless = 同じ人で認可し直しても直りません。
    .admin =
        { $address } のメールボックスを、サインインする人が開けるようにしてください。
        場所: Microsoft 365 管理センター › ユーザー › アクティブなユーザー › 該当の人 › メール › メールボックスのアクセス許可
        PowerShell（Connect-ExchangeOnlineで接続してから）: Add-MailboxPermission -Identity { $address } -User <サインインする人> -AccessRights FullAccess
cause-access-token-expired = 接続に使う短い期限の鍵（アクセス トークン）が切れていました。
    .meaning = 認可そのものは残っています。新しい鍵を受け取れば、また使えます。
    .steps =
        もう一度、接続を確認します。
        くり返すときは、パソコンの日付と時刻を確かめます。
        それでも続くときは、プログラムの発行元に知らせます。
    .useless = サーバーの設定を変えても直りません。
cause-xoauth2-string-malformed = プログラムが、OAuth認証の情報を正しい形で送っていません。
    .meaning = プログラムが直るまで、サーバーに入れません。
    .steps =
        プログラムを最新の版にします。
        続くときは、プログラムの発行元に、エラーの原文を添えて知らせます。
    .useless = もう一度認可しても直りません。
cause-password-sent-as-xoauth2 = OAuth認証の場所に、パスワードが送られました。
    .meaning = 今の設定では、サーバーに入れません。
    .steps =
        OAuth認証を使うなら、編集画面でオンにして［認可］を押します。
        パスワードを使うなら、OAuth認証をオフにします。
        選べないときは、プログラムの発行元に知らせます。
    .useless = パスワードを入れ直しても直りません。
cause-xoauth2-one-line-pop3 = プログラムが、POPのOAuth認証を決まりと違う送り方で行いました。
    .meaning = プログラムが直るまで、POPで受信できません。IMAPなら使えることがあります。
    .steps =
        プログラムを最新の版にします。
        急ぐときは、受信をIMAPに変えて試します。
        プログラムの発行元に、エラーの原文を添えて知らせます。
    .useless = もう一度認可しても直りません。
cause-shared-mailbox-login = 共有メールボックスの名前では、送信のサインインができません。
    .meaning = 自分のアカウントでサインインし、差出人だけを共有のアドレスにする必要があります。
    .steps =
        編集画面で、ユーザー名を自分のメールアドレスにします。
        ［認可］を押し、自分のアカウントでサインインします。
        共有のアドレスで送る権限（送信者として送信）があるか、管理者に確かめます。
    .useless = 共有メールボックスにパスワードを付けても直りません。
cause-shared-mailbox-no-access = サインインした人に、この共有メールボックスを開く権限がありません。
    .meaning = サインインそのものは正しくできています。この人では、メールボックスを開けません。
    .steps =
        管理者に、サインインする人へ、共有メールボックスのフルアクセス（送信には「メールボックス所有者として送信」も）を付けてもらいます。
        Microsoftに反映されるまで、最長で1時間ほど待ちます。
        もう一度、接続確認をします。
        権限のある人がほかにいれば、「サインインする人」をその人のアドレスに変えて、認可します。
    .useless = 同じ人で認可し直しても直りません。
    .admin =
        共有メールボックス { $address } を、サインインする人が開けるようにしてください。
        場所: Microsoft 365 管理センター › チームとグループ › 共有メールボックス › { $address } › メールボックスのアクセス許可の管理 › 読み取りと管理（および メールボックス所有者として送信）
        PowerShell（Connect-ExchangeOnlineで接続してから）: Add-MailboxPermission -Identity { $address } -User <サインインする人> -AccessRights FullAccess
        送信には: Add-RecipientPermission -Identity { $address } -Trustee <サインインする人> -AccessRights SendAs
cause-xoauth2-not-offered = このサーバーは、OAuth認証に対応していません。
    .meaning = OAuth認証のままでは使えません。
    .steps =
        サーバー名を確かめます。Microsoft 365の送信は smtp.office365.com、受信は outlook.office365.com です。
        ウイルス対策ソフトがメールを検査しているときは、検査を切って試します。
        Microsoft以外のサーバーなら、OAuth認証をオフにして、ユーザー名とパスワードを入れます。
    .useless = もう一度認可しても直りません。

## protocol_off

cause-smtp-auth-disabled-tenant = Microsoft 365の組織全体の設定で、送信（認証済みSMTP）がオフになっています。
    .meaning = 送信だけができません。受信には影響しません。
    .steps =
        下の依頼文をコピーして、Microsoft 365の管理者に送ります。
        オンにしてから反映まで、1時間ほど待ちます。
        もう一度、接続を確認します。
    .useless = もう一度認可しても直りません。パスワードを変えても直りません。
    .admin =
        組織全体で認証済みSMTP（SMTP AUTH）がオフのため、{ $address } から送信できません。このメールボックスだけをオンにすれば足ります。OAuth認証での送信にも必要です。
        場所: Microsoft 365 管理センター › ユーザー › アクティブなユーザー › 該当の人 › メール › メール アプリの管理 › 認証済み SMTP
        PowerShell（Connect-ExchangeOnlineで接続してから）: Set-CASMailbox -Identity { $address } -SmtpClientAuthenticationDisabled $false
        メールボックスの設定は、組織の設定より優先されます。組織全体を変える場合:
        Set-TransportConfig -SmtpClientAuthenticationDisabled $false
cause-smtp-auth-disabled-mailbox = Microsoft 365で、このメールボックスの送信（認証済みSMTP）がオフになっています。
    .meaning = 送信だけができません。受信には影響しません。
    .steps =
        下の依頼文をコピーして、Microsoft 365の管理者に送ります。
        オンにしてから反映まで、1時間ほど待ちます。
        もう一度、接続を確認します。
    .useless = もう一度認可しても直りません。パスワードを変えても直りません。
    .admin =
        メールアカウント { $address } で、認証済みSMTP（SMTP AUTH）をオンにしてください。OAuth認証での送信にも必要です。組織全体の設定を変えても、このメールボックスには効きません。
        場所: Microsoft 365 管理センター › ユーザー › アクティブなユーザー › 該当の人 › メール › メール アプリの管理 › 認証済み SMTP
        PowerShell（Connect-ExchangeOnlineで接続してから）: Set-CASMailbox -Identity { $address } -SmtpClientAuthenticationDisabled $false
cause-pop-disabled-for-mailbox = このメールボックスでは、POPでの受信がオフになっています。
    .meaning = 受信だけができません。送信には影響しません。
    .steps =
        Outlook.comなら、設定 › メール › 転送とIMAP で、POPの利用をオンにします。
        Microsoft 365なら、下の依頼文を管理者に送ります。
        GMX、WEB.DE、Gmailなどは、Webメールの設定でPOPをオンにします。
        オンにできないときは、受信をIMAPに変えて試します。
    .useless = もう一度認可しても直りません。
    .admin =
        メールアカウント { $address } で、POP をオンにしてください。
        場所: Microsoft 365 管理センター › ユーザー › アクティブなユーザー › 該当の人 › メール › メール アプリの管理 › POP
        PowerShell（Connect-ExchangeOnlineで接続してから）: Set-CASMailbox -Identity { $address } -PopEnabled $true
cause-imap-disabled-for-mailbox = このメールボックスでは、IMAPでの受信がオフになっています。
    .meaning = 受信だけができません。送信には影響しません。
    .steps =
        Outlook.comなら、設定 › メール › 転送とIMAP で、IMAPの利用をオンにします。
        Microsoft 365なら、下の依頼文を管理者に送ります。
        Gmailなどは、Webメールの設定でIMAPをオンにします。
        オンにできないときは、受信をPOPに変えて試します。
    .useless = もう一度認可しても直りません。
    .admin =
        メールアカウント { $address } で、IMAP をオンにしてください。
        場所: Microsoft 365 管理センター › ユーザー › アクティブなユーザー › 該当の人 › メール › メール アプリの管理 › IMAP
        PowerShell（Connect-ExchangeOnlineで接続してから）: Set-CASMailbox -Identity { $address } -ImapEnabled $true

## mechanism

cause-auth-mechanism-unsupported = サーバーとプログラムに、共通のサインイン方法がありません。
    .meaning = 今の組み合わせでは、サインインできません。
    .steps =
        サーバー名とポート番号を確かめます。送信は587番とSTARTTLSを使います。
        編集画面で認証方式を変えて試します。Microsoft 365ではOAuth認証を使います。
        会社のサーバーなら、使える認証方式を管理者に確かめます。
    .useless = パスワードを入れ直しても直りません。
    .admin =
        メールサーバーで { $address } のサインインに使える認証方式（AUTH）をご確認ください。PLAIN、LOGIN、XOAUTH2 のいずれかが必要です。
        場所（Exchange Server）: Exchange 管理センター › メール フロー › 受信コネクタ › セキュリティ
        PowerShell: Get-ReceiveConnector | Format-List Name,AuthMechanism
cause-auth-command-unsupported = このサーバーは、サインインを受け付けていません。
    .meaning = 今の設定では、このサーバーにサインインできません。
    .steps =
        サーバー名とポート番号を確かめます。送信は587番とSTARTTLSを使います。
        受信（POP）なら、編集画面で、パスワードを使うふつうの認証（USER/PASS）に変えます。
        正しいサーバー名がわからないときは、メールの提供元に確かめます。
        サーバー名が正しくても変わらないときは、プログラムの発行元に知らせます。
    .useless = パスワードを入れ直しても直りません。
cause-starttls-required = 暗号化（STARTTLS）しないまま接続したため、断られました。
    .meaning = 暗号化を設定するまで、送信できません。
    .steps =
        編集画面で、送信（SMTP）の暗号化をSTARTTLS、ポート番号を587にします。
        もう一度、接続を確認します。
    .useless = パスワードを入れ直しても直りません。
cause-tls-required-for-login = 暗号化しないままサインインしようとしたため、断られました。
    .meaning = 暗号化を設定するまで、受信できません。
    .steps =
        編集画面で、受信の暗号化をTLSにします。
        ポート番号を、POPは995、IMAPは993にします。
        もう一度、接続を確認します。
    .useless = パスワードを入れ直しても直りません。
cause-client-login-bug = プログラムのサインインの手順に誤りがあり、サーバーが「一時的」なエラーで断っています。
    .meaning = プログラムが直るまで、くり返し失敗します。
    .steps =
        プログラムを最新の版にします。
        くり返すときは、プログラムの発行元に、エラーの原文を添えて知らせます。
    .useless = 待っても直りません。

## sending

cause-send-as-denied = サインインした人には、この差出人アドレスで送る権限がありません。
    .meaning = この差出人では送れません。サインインしたアドレスからなら送れます。
    .steps =
        差出人を、サインインしたメールアドレスと同じにします。
        別のアドレスから送る必要があるときは、下の依頼文を管理者に送ります。
        許可されてから反映まで、1時間ほど待ちます。
    .useless = もう一度認可しても、同じ人のままでは直りません。
    .admin =
        サインインする人が、{ $address } から送信できるようにしてください（送信者として送信）。
        場所: Microsoft 365 管理センター › ユーザー › アクティブなユーザー › 差出人にする人 › メール › メールボックスのアクセス許可 › 送信者としてのアクセス許可
        PowerShell（Connect-ExchangeOnlineで接続してから）: Add-RecipientPermission -Identity { $address } -Trustee <サインインする人> -AccessRights SendAs
cause-sender-blocked-outbound-spam = 迷惑メールの送信を疑われ、このアドレスからの送信が止められています。
    .meaning = 送信だけができません。受信には影響しません。
    .steps =
        このアカウントのパスワードを変えます。盗まれているおそれがあります。
        覚えのない転送や、受信トレイのルールがないか確かめます。
        Outlook.comなら、ブラウザーで outlook.live.com にサインインし、求められた本人確認を済ませます。
        Microsoft 365なら下の依頼文を管理者に送り、それ以外ならメールサービスの会社に頼んで、制限を解除してもらいます。
    .useless = もう一度認可しても直りません。解除の前に送り続けると、制限が延びることがあります。
    .admin =
        { $address } が送信制限の一覧に入っています。原因をご確認のうえ、制限を解除してください。
        場所: Microsoft Defender ポータル › メールとコラボレーション › レビュー › 制限付きエンティティ
        PowerShell（Connect-ExchangeOnlineで接続してから）: Get-BlockedSenderAddress; Remove-BlockedSenderAddress -SenderAddress { $address }
cause-recipient-unknown = 宛先のメールアドレスが存在しません。
    .meaning = この宛先には届きません。ほかの宛先には影響しません。
    .steps =
        宛先のつづりを確かめます。全角の文字や空白が混ざっていないかも見ます。
        お客様に、別の方法で正しいアドレスを聞きます。
    .useless = もう一度送っても届きません。
cause-mailbox-full = メールボックスの容量がいっぱいです。
    .meaning = 空きができるまで、送信できません。送ったメールの控えも容量を使います。
    .steps =
        Webメールに入り、古いメールと「送信済みアイテム」を消します。
        「削除済みアイテム」も空にします。
        相手のメールボックスがいっぱいと書かれているときは、相手に知らせます。
    .useless = パスワードや設定を変えても直りません。
cause-daily-sending-limit = 1日に送れる数の上限に達しました。
    .meaning = 上限が戻るまで（多くは24時間）、送信できません。受信には影響しません。
    .steps =
        24時間ほど待って、もう一度送ります。
        一度に送る数を減らします。
        多く送る必要があるときは、提供元に上限や一斉送信のサービスを確かめます。
    .useless = もう一度認可しても直りません。
cause-foreign-ip-filter = 海外のネットワークからの送信が、サーバーの設定で拒否されました。
    .meaning = 日本の外のIPアドレスからは、送信できません。
    .steps =
        VPNや海外のクラウドを使っているときは、日本のネットワークから送ります。
        さくらインターネットなら、コントロールパネルの「国外IPアドレスフィルタ」を無効にします。
        ほかの提供元でも、国外からのアクセス制限を確かめます。
    .useless = パスワードを変えても直りません。
cause-wrong-smtp-server = 送信サーバーに、受け取り専用のサーバーが設定されています。
    .meaning = このサーバーからは送信できません。
    .steps =
        編集画面で、送信サーバーを smtp.office365.com にします。
        個人用のOutlook.comなら smtp-mail.outlook.com にします。
        ポート番号を587、暗号化をSTARTTLSにします。
    .useless = パスワードを入れ直しても直りません。

## limits

cause-concurrent-connection-limit = 同じアカウントへの同時接続が、多すぎます。
    .meaning = 一時的に断られています。認可や設定は正しいままです。
    .steps =
        数分待って、もう一度行います。
        同じアカウントを使う、ほかのパソコンやソフトを閉じます。
        受信の間隔を長くします。
    .useless = パスワードの変更や、もう一度の認可では直りません。
cause-throttled = 短い時間に何度も接続したため、サーバーが一時的に制限しています。
    .meaning = 待てば元に戻ります。認可や設定は正しいままです。
    .steps =
        15分から1時間ほど待ちます。
        受信の間隔を、10分以上にします。
        同じアカウントを使うほかのソフトも、間隔を長くします。
    .useless = 続けて何度も試すと、制限が延びることがあります。
cause-mailbox-locked = ほかの受信が終わっていないため、メールボックスを開けません。
    .meaning = 待てば元に戻ります。メールは失われていません。
    .steps =
        ほかのパソコンやソフトで受信していないか確かめ、終わるのを待ちます。
        続くときは、30分ほどあけて、もう一度受信します。
        半日たっても続くときは、提供元に連絡します。
    .useless = パスワードを入れ直しても直りません。
cause-server-temporary = サーバーが、一時的に応じられなくなっています。
    .meaning = 待てば元に戻ります。認可や設定は正しいままです。
    .steps =
        10分ほど待って、もう一度行います。
        続くときは、提供元の障害情報を確かめます。Microsoftは https://status.cloud.microsoft です。
    .useless = 設定を変える必要はありません。

## tls_mode

cause-wrong-port-tls-mode = ポート番号と暗号化の種類が、合っていません。
    .meaning = このままでは、サーバーと話ができません。
    .steps =
        受信は、POPなら995番とTLS、IMAPなら993番とTLSにします。
        送信は、587番とSTARTTLSにします。465番のときはTLSにします。
        ウイルス対策ソフトがメールを検査しているときは、検査を切って試します。
    .useless = パスワードを入れ直しても直りません。
cause-wrong-port-protocol = つないだ先は、別の種類のサーバーでした。
    .meaning = サーバー名かポート番号が違うため、使えません。
    .steps =
        POPの受信は995番、IMAPの受信は993番、送信は587番にします。
        受信サーバーと送信サーバーの名前を、取り違えていないか確かめます。
    .useless = パスワードを入れ直しても直りません。
cause-port-not-served = このサーバーは、指定のポート番号では受け付けていません。
    .meaning = ポート番号を直すまで、つながりません。
    .steps =
        Microsoftの送信は、587番とSTARTTLSにします（465番は使えません）。
        ほかのサーバーは、提供元の案内どおりの番号にします。
    .useless = パスワードを入れ直しても直りません。

## certificate

cause-antivirus-tls-interception = ウイルス対策ソフトなどが、暗号化された通信を途中で開いています。
    .meaning = サーバーの証明書がすり替わるため、接続を止めました。
    .steps =
        ウイルス対策ソフトの設定で、メールの検査を探します。AvastとAVGは「メール シールド」、ESETは「SSL/TLS」、ノートンは「メール保護」、カスペルスキーは「ネットワーク設定」、ウイルスバスターは「メール対策」です。
        暗号化された接続（SSL/TLS）の検査を切るか、Ninkaを除外に加えます。
        会社のネットワークなら、管理者に、メールサーバーを検査から外すよう頼みます。
        もう一度、接続を確認します。
    .useless = パスワードの変更や、もう一度の認可では直りません。
cause-cert-untrusted = サーバーの証明書を、このパソコンが信頼していません。
    .meaning = 本物のサーバーか確かめられないため、接続を止めました。
    .steps =
        サーバー名が正しいか確かめます。
        Windows Update、またはmacOSのソフトウェア アップデートを行います。
        別のネットワーク（スマートフォンのテザリングなど）で試します。
        ほかのパソコンでも同じなら、提供元に、証明書と中間証明書を確かめてもらいます。
    .useless = パスワードを入れ直しても直りません。理由の分からない証明書を、無理に信頼しないでください。
cause-cert-name-mismatch = サーバーの証明書が、別の名前のものです。
    .meaning = 名前が合わないため、接続を止めました。
    .steps =
        編集画面で、サーバー名を、提供元が案内している名前にします。
        独自ドメインの名前（mail.自分のドメイン）なら、提供元の共通のサーバー名を使います。
    .useless = パスワードを入れ直しても直りません。
cause-cert-self-signed-ca = サーバーが、自分で作った証明書を使っています。
    .meaning = 公に信頼された証明書ではないため、接続を止めました。
    .steps =
        Proton Mail Bridgeなど、このパソコンの中のサーバーなら、その証明書を書き出して、信頼する証明書に加えます。
        社内のサーバーなら、管理者に、信頼された証明書へ替えるよう頼みます。
    .useless = パスワードを入れ直しても直りません。
cause-cert-expired = サーバーの証明書の期限が切れています。
    .meaning = 期限切れのため、接続を止めました。
    .steps =
        先に、このパソコンの日付と時刻が正しいか確かめます。
        正しいときは、提供元に、証明書の更新を頼みます。
    .useless = パスワードの変更や、もう一度の認可では直りません。
cause-root-store-outdated = このパソコンの、信頼する証明書の一覧が古くなっています。
    .meaning = サーバーは正しくても、確かめられません。
    .steps =
        Windows Update、またはmacOSのソフトウェア アップデートを行います。
        古いOSやプログラムを使っているときは、新しい版にします。
        もう一度、接続を確認します。
    .useless = サーバーの設定を変えても直りません。
cause-server-name-is-ip-address = サーバー名の代わりに、IPアドレスが入っています。
    .meaning = 証明書は名前に対するものなので、確かめられません。
    .steps =
        編集画面で、サーバー名を mail.example.jp のような名前にします。
        分からないときは、提供元の案内を確かめます。
    .useless = パスワードを入れ直しても直りません。

## tls_version

cause-tls-too-old = プログラムの暗号化（TLS）が古いため、断られました。
    .meaning = TLS 1.2以降に対応するまで、つながりません。
    .steps =
        プログラムを最新の版にします。
        WindowsやmacOSを更新します。
        更新できない古い機器は、別の機器に替えます。
    .useless = パスワードを入れ直しても直りません。
cause-server-tls-too-old = サーバーの暗号化（TLS）が古く、安全に接続できません。
    .meaning = サーバーが新しくなるまで、つながりません。
    .steps =
        提供元に、TLS 1.2以降に対応した新しいサーバー名がないか確かめます。
        なければ、サーバーの更新を頼みます。
    .useless = パスワードの変更や、もう一度の認可では直りません。

## network

cause-port-blocked-by-isp = ネットワークの側で、このポート番号の通信が止められています。
    .meaning = 迷惑メールを防ぐため、25番での送信は、多くの回線で止められています（OP25B）。ほかの番号なら送れます。
    .steps =
        送信のポート番号を587、暗号化をSTARTTLSにします。
        それでもつながらないときは、回線の提供元かネットワークの管理者に、止められていないか確かめます。
    .useless = パスワードを入れ直しても直りません。
cause-firewall-blocks = ファイアウォールなどが、メールサーバーへの通信を止めています。
    .meaning = 通信が許されるまで、つながりません。
    .steps =
        Windowsなら、［Windows セキュリティ］›［ファイアウォールとネットワーク保護］›［ファイアウォールによるアプリケーションの許可］で、Ninkaを許可します。
        ウイルス対策ソフトのファイアウォールも確かめます。
        別のネットワーク（スマートフォンのテザリングなど）で試します。
        会社のネットワークなら、管理者に、993、995、587番の通信を許可してもらいます。
    .useless = パスワードの変更や、もう一度の認可では直りません。
cause-ipv6-unavailable = このネットワークでは、IPv6での通信ができません。
    .meaning = IPv6のアドレスにはつながりません。IPv4が使えるネットワークなら、つながります。
    .steps =
        ネットワークの管理者に、IPv6の設定を確かめてもらいます。
        急ぐときは、ルーターを再起動するか、別のネットワークで試します。
        Windowsなら、ネットワーク アダプターのプロパティで「インターネット プロトコル バージョン 6」を外して試します。
    .useless = パスワードを入れ直しても直りません。
cause-local-server-not-listening = このパソコンの中の中継サーバーが、動いていません。
    .meaning = localhostや127.0.0.1あての接続に、応じるものがありません。
    .steps =
        Proton Mail Bridgeやメールの中継ソフトを起動します。
        編集画面のポート番号が、そのソフトの表示と同じか確かめます。
        中継ソフトを使っていなければ、サーバー名を提供元のものに直します。
    .useless = パスワードを入れ直しても直りません。

## name

cause-dns-not-found = サーバーの名前が、見つかりません。
    .meaning = 名前が違うか、ネットワークの名前解決（DNS）に問題があります。
    .steps =
        編集画面で、サーバー名のつづりを確かめます。
        ブラウザーで、ほかのページが開けるか確かめます。
        開けないときは、ルーターとパソコンを再起動します。
    .useless = パスワードを入れ直しても直りません。
cause-dns-resolver-broken = ネットワークの名前解決（DNS）が、働いていません。
    .meaning = サーバー名は正しくても、つながりません。
    .steps =
        ルーターとパソコンを再起動します。
        VPNを使っているときは、切って試します。
        別のネットワーク（スマートフォンのテザリングなど）で試します。
        続くときは、ネットワークの管理者に、DNSサーバーを確かめてもらいます。
    .useless = サーバー名やパスワードを変えても直りません。
cause-server-name-wrong = サーバー名が正しくありません。
    .meaning = その名前のサーバーには、つながりません。
    .steps =
        編集画面で、サーバー名を直します。https:// やポート番号、空白は入れません。
        Microsoft 365の受信は outlook.office365.com、送信は smtp.office365.com です。
        ほかは、提供元の案内どおりにします。
    .useless = パスワードを入れ直しても直りません。

## unknown

cause-unknown = 原因を、まだ特定できていません。
    .meaning = サーバーの答えから、決まった原因を読み取れませんでした。
    .steps =
        もう一度、接続を確認します。
        サーバー名、ポート番号、ユーザー名を確かめます。
        続くときは、原文をコピーして、提供元かサポートに問い合わせます。
    .useless = -

## network

cause-timed-out = サーバーが、時間内に答えませんでした。
    .meaning = つながりはしましたが、途中で止まりました。認可や設定は残っています。
    .steps =
        しばらく待って、もう一度行います。
        続くときは、別のネットワークで試します。
        ウイルス対策ソフトがメールを検査しているときは、検査を切って試します。
    .useless = パスワードを入れ直しても直りません。
cause-connection-closed = サーバーが、途中で接続を切りました。
    .meaning = 認可や設定は残っています。サーバー側の一時的な理由のことが多いです。
    .steps =
        数分待って、もう一度行います。
        同じアカウントを使う、ほかのソフトを閉じます。
        続くときは、提供元に、エラーの原文を添えて問い合わせます。
    .useless = パスワードを入れ直しても直りません。
cause-offline = このパソコンが、インターネットにつながっていません。
    .meaning = つながるまで、受信も送信もできません。認可や設定は残っています。
    .steps =
        Wi-FiやLANケーブルの接続を確かめます。
        ブラウザーで、ほかのページが開けるか確かめます。
        ルーターを再起動します。
    .useless = 設定やパスワードを変える必要はありません。

## limits

cause-server-misbehaves = サーバーの答えが、メールの決まりに合っていません。
    .meaning = 安全のため、接続をやめました。
    .steps =
        サーバー名とポート番号が正しいか確かめます。
        ウイルス対策ソフトがメールを検査しているときは、検査を切って試します。
        続くときは、提供元に、エラーの原文を添えて問い合わせます。
    .useless = パスワードを入れ直しても直りません。

## certificate

cause-clock-wrong = このパソコンの日付か時刻が、ずれています。
    .meaning = 正しい証明書も、期限切れやまだ有効でないものに見えてしまいます。
    .steps =
        Windowsなら、［設定］›［時刻と言語］›［日付と時刻］で「時刻を自動的に設定する」をオンにし、［今すぐ同期］を押します。
        macOSなら、［システム設定］›［一般］›［日付と時刻］で自動設定をオンにします。
        もう一度、接続を確認します。
    .useless = パスワードの変更や、もう一度の認可では直りません。
cause-cert-revoked = サーバーの証明書が、発行元によって取り消されています。
    .meaning = 安全でないおそれがあるため、接続を止めました。
    .steps =
        提供元に、証明書が取り消されていることを知らせます。
        新しい証明書になるまで、接続を控えます。
    .useless = パスワードの変更や、もう一度の認可では直りません。

# 共有メールボックス
shared-box = 共有メールボックスのアドレスです
shared-box-hint = 何人かで使うアドレスで、それ自身のパスワードがないものです。権限のある人が、自分のアカウントでサインインします。
shared-person = サインインする人
shared-person-example = yamada@example.co.jp
shared-person-hint = その人自身のメールアドレスです。空欄なら、最初に認可した人のアドレスを覚えます。
shared-changes = 更新すると、今の認可は使えなくなります。続けて、もう一度認可してください。
shared-other = 今の認可は { $person } さんのものです。新しい認可が確かめられるまで、そのまま使います。
shared-signs-in = { $person } でサインイン
shared-signs-in-open = サインインする人は未定
shared-consent-as = { $person } でサインインしてください
shared-consent-open = 共有メールボックスを使える人が、自分のアカウントでサインインしてください
shared-consent-not = 共有メールボックス { $address } のアドレスでは、サインインしません。
history-field-signs-in = サインインする人

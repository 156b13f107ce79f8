# The words of the test mail itself.
proof-mail-subject = Test mail of Ninka テスト { $token }
proof-mail-body =
    Ninka sent this mail from { $address } to itself, because somebody pressed “Prove by a test mail”.
    It can be deleted.

    Sample characters: 注文番号①　㈱髙﨑商店　ﾃｽﾄ　〜　№5　税込1,100円

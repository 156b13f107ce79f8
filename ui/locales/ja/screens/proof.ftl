# 注文メールの確認
proof-title = 注文メールの確認
proof-send-hint = このアカウントから自分あてにテストメールを1通送り、届くまでを確かめます。ほかの宛先には送りません。
proof-send = テストメールで確かめる
proof-look-hint = 届いている新しいメールの日時・差出人・件名を表示します。メールは消えず、既読にもなりません。
proof-look = 届いているメールを見る
proof-again = もう一度確かめる
proof-cancel = 中止
proof-looking = 受信の準備ができているかを見ています
proof-sending = テストメールを送っています
proof-waiting = 送りました。届くのを待っています（{ $seconds }秒）
proof-waiting-spoken = テストメールを送りました。届くのを待っています
proof-arrived = { $time }で届きました
proof-by = { $protocol } で確認
proof-subject = 届いた件名
proof-sent-subject = 送った件名
proof-same = { $charset } で送り、件名も本文も1文字も変わらずに届きました。
proof-changed = 途中で文字が変わりました。文字コードをUTF-8に変えて、もう一度確かめてください。
proof-not-arrived = { $seconds }秒待ちましたが、届いていません
proof-not-arrived-why = 送信はできています。次のどれかが考えられます。
proof-not-arrived-steps =
    迷惑メールのフォルダーに入っていないか、件名で探してください。
    受注システムなど、ほかのプログラムが先に取り込んでいないかを見てください。
    自動転送や振り分けの設定で、別のところへ移っていないかを見てください。
    混み合っているだけのこともあります。数分おいて、もう一度確かめてください。
proof-sent-only = テストメールを送りました
proof-sent-only-body = このアカウントには受信の認可がないため、届いたかどうかは見られません。ふだんのメールソフトで、この件名のメールを探してください。
proof-newest-none = 受信箱は空です。つながってはいます。
proof-newest = 届いている新しいメール（{ $count }通）
proof-no-date = 日時なし
proof-no-sender = 不明
proof-no-subject = （件名なし）
proof-broken = 書き方が規則に合わない件名です。文字化けすることがあります。
proof-failed-before = テストメールは送られていません。
proof-failed-after = テストメールは送られましたが、受信箱を見られませんでした。
proof-cancelled = 確認を中止しました。
proof-cancelled-note = すでに送られたテストメールは、あとから届くことがあります。

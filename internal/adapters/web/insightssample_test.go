package web_test

import (
	"fmt"
	"math"
	"time"

	"github.com/s4bot/s4bot/internal/chart"
	"github.com/s4bot/s4bot/internal/insight"
)

// sampleReport is a report on a busy month, with a rise of a bank in it.
func sampleReport(q insight.Query) insight.Report {
	en := q.Lang == "en"
	t := func(zh, en2 string) string {
		if en {
			return en2
		}
		return zh
	}
	name := func(id, zh, en2 string) insight.Name { return insight.Name{ID: id, Label: t(zh, en2)} }
	share := func(n, of int) insight.Share {
		if of == 0 {
			return insight.Share{High: 1}
		}
		p, half := float64(n)/float64(of), 1/math.Sqrt(float64(of))
		return insight.Share{N: n, Of: of, Value: p, Low: max(0, p-half), High: min(1, p+half)}
	}
	from := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	r := insight.Report{From: from, To: from.AddDate(0, 0, q.Days), Lang: q.Lang, Skipped: 1}
	r.Days.OpenedLabel, r.Days.SolvedLabel, r.Days.HandedLabel = t("新案件", "Opened"), t("机器人解决", "Solved by the bot"), t("转人工", "Handed over")
	r.Days.OtherLabel, r.Days.OpenLabel = t("其他结束", "Ended otherwise"), t("还在谈", "Still open")
	solved, all := 0, 0
	for i := range q.Days {
		day := from.AddDate(0, 0, i)
		d := insight.Day{Start: day, Label: chart.Day(day, q.Lang), Solved: 6 + (i*7)%9, Handed: 2 + (i*5)%4, Other: i % 3}
		if i == q.Days-1 {
			d.Open = 3
		}
		d.Opened = d.Solved + d.Handed + d.Other + d.Open
		solved, all = solved+d.Solved, all+d.Opened-d.Open
		r.Days.Days = append(r.Days.Days, d)
		r.Days.Week = append(r.Days.Week, share(min(solved, 55), min(all, 80)))
		r.Failures.Days = append(r.Failures.Days, i%11/10)
	}
	r.Totals = insight.Totals{
		Cases: all + 3, Merchants: all / 2, Open: 3, Waiting: 2, Solved: share(solved, all), Handed: share(all/4, all), Other: share(all/12, all),
		MedianQuestions: 3, MedianTime: 4 * time.Minute, TimeText: t("4 分钟", "4 min"),
	}
	r.Handoffs = insight.Bars{Total: 61}
	for i, n := range []insight.Name{
		name("asked", "商户要人工", "Merchant asked for a person"), name("charged", "客人可能已被扣款", "Customer may have been charged"),
		name("agent", "要客服来办", "Needs support to fix"), name("unsure", "判断不出", "No clear cause"), name("failed", "办法都没用", "Fixes did not work"),
	} {
		count := 24 - 5*i
		r.Handoffs.Bars = append(r.Handoffs.Bars, insight.Bar{Name: n, Count: count, Share: float64(count) / 61})
	}
	r.Questions = insight.Histogram{N: 240, Median: 3, P90: 6, MedianText: t("3 个", "3"), P90Text: t("6 个", "6")}
	for i, n := range []int{4, 22, 51, 70, 48, 25, 12, 6, 2} {
		r.Questions.Bins = append(r.Questions.Bins, insight.Bin{Label: fmt.Sprint(i), From: float64(i), To: float64(i + 1), Count: n})
	}
	r.Time = insight.Histogram{N: 181, Median: 4, P90: 18, MedianText: t("4 分钟", "4 min"), P90Text: t("18 分钟", "18 min")}
	edges := []float64{0, 1, 2, 5, 10, 20, 60, 0}
	for i, n := range []int{8, 31, 66, 40, 22, 11, 3} {
		label := fmt.Sprintf("%v–%v", edges[i], edges[i+1])
		if i == 6 {
			label = "60+"
		}
		r.Time.Bins = append(r.Time.Bins, insight.Bin{Label: label, From: edges[i], To: edges[i+1], Count: n})
	}
	groups := []insight.Name{
		name("network", "网络", "Network"), name("card", "客人的卡", "Card"), name("issuer", "发卡银行", "Issuer"), name("software", "程序", "Software"),
		name("hardware", "机器", "Terminal"), name("operation", "操作", "Operation"), name("merchant", "商户账户和设置", "Merchant account"), name("channel", "支付通道", "Payment channel"),
	}
	r.Causes.Weekly = q.Days > 31
	step := 1
	if r.Causes.Weekly {
		step = 7
	}
	for i := 0; i < q.Days; i += step {
		day := from.AddDate(0, 0, i)
		r.Causes.Columns = append(r.Causes.Columns, insight.Column{Start: day, Label: chart.Day(day, q.Lang)})
	}
	for g, n := range groups {
		layer := insight.Layer{Name: n}
		for i := range r.Causes.Columns {
			count := (i*(g+3)+g)%(9-g) + 1
			layer.Counts = append(layer.Counts, count)
			layer.Total += count
		}
		r.Causes.Layers = append(r.Causes.Layers, layer)
	}
	unknown := insight.Layer{Name: name("", "不清楚", "Unknown")}
	for i := range r.Causes.Columns {
		unknown.Counts = append(unknown.Counts, i%3)
	}
	r.Causes.Layers = append(r.Causes.Layers, unknown)
	r.Whole = from.AddDate(0, 0, 3)
	r.Confusion = insight.Confusion{N: 120, Hits: share(88, 120), Groups: share(104, 120), Names: groups}
	for i := range groups {
		row := make([]int, len(groups))
		for j := range row {
			if row[j] = (i * j) % 5 / 3; i == j {
				row[j] = 22 - 2*i
			}
		}
		r.Confusion.Counts = append(r.Confusion.Counts, row)
	}
	expired, balance := name("card.expired", "银行卡已过有效期", "The card has expired"), name("card.insufficient-balance", "卡里余额不足", "Not enough money on the card")
	weak := name("network.weak-signal", "信号太弱", "The signal is weak")
	r.Confusion.Mistakes = []insight.Mistake{{Predicted: balance, Confirmed: expired, Count: 4, Mean: .52}, {Predicted: weak, Confirmed: balance, Count: 2, Mean: .41}}
	r.Calibration = insight.Calibration{N: 120, Error: .06, Brier: .12}
	for i := range 10 {
		mean := .05 + float64(i)/10
		of := 3 + i*i/3
		r.Calibration.Claims = append(r.Calibration.Claims, insight.Claim{
			Label: fmt.Sprintf("%d–%d %%", 10*i, 10*i+10), Low: mean - .05, High: mean + .05, Mean: mean, Hits: share(int(mean*float64(of)+.4), of),
		})
	}
	for i, n := range []insight.Name{
		name("response_code", "屏幕或小票上，S4 旁边有没有两位代码？", "Is there a two-digit code beside S4?"), name("which_cards", "是一张卡不行，还是好几张都不行？", "Is it one card or several?"),
		name("other_ways", "扫码收款能行吗？", "Do QR payments work?"), name("recent_change", "最近机器动过什么吗？", "Was anything changed lately?"),
	} {
		r.Worth = append(r.Worth, insight.Worth{Name: n, Asked: 130 - 28*i, Answered: share(110-25*i, 130-28*i), Bits: 1.4 - .4*float64(i), Effort: 2.5, Rate: .55 - .15*float64(i), Changed: share(60-15*i, 130-28*i)})
	}
	day := from.AddDate(0, 0, q.Days-2)
	label := chart.Day(day, q.Lang)
	r.Gaps = insight.Gaps{Total: 7, Groups: []insight.GapGroup{
		{Text: "机器屏幕上跳出来一个英文 SAM card missing", Count: 4, Merchants: 3, Last: day, LastLabel: label, More: []string{"提示 SAM 卡缺失"}},
		{Text: "=HYPERLINK(\"http://example.com\")", Count: 1, Merchants: 1, Last: day, LastLabel: label},
	}}
	r.Misread = insight.Misread{Total: 1, Rows: []insight.MisreadRow{{Text: "<script>alert(1)</script> 卡上日子到头了", Read: balance, Confirmed: expired, P: .07, At: day, Label: label}}}
	r.Failures.Total = 3
	r.Failures.Rows = []insight.Failure{{
		Side: name("merchant", "商户", "the merchant"), Fate: name("gone", "商户停用了机器人", "the merchant blocked the bot"), Kind: name("question", "提问", "a question"),
		Reason: "403 Forbidden", Count: 3, Last: day, LastLabel: label,
	}}
	for i, n := range []insight.Name{expired, weak, balance} {
		r.Articles = append(r.Articles, insight.Article{Name: n, Used: 40 - 9*i, Confirmed: 20 - 5*i, Right: share(18-5*i, 20-4*i), Solved: share(30-9*i, 38-9*i), Last: day, LastLabel: label})
	}
	r.Radar = sampleRadar(t, name, from.AddDate(0, 0, q.Days-1))
	return r
}

func sampleRadar(t func(zh, en string) string, name func(id, zh, en string) insight.Name, day time.Time) insight.Radar {
	r := insight.Radar{Step: 15 * time.Minute, Watched: 71, History: 30 * 24 * time.Hour}
	s := insight.Signal{Name: name("eastside", "城东银行", "Eastside Bank"), Kind: insight.Bank, KindLabel: t("银行", "Bank"), Rate: .3, Total: 21}
	for i := range 96 {
		at := day.Add(time.Duration(i) * r.Step)
		r.Times, r.Labels = append(r.Times, at), append(r.Labels, at.Format("15:04"))
		usual := .1 + .5*math.Max(0, math.Sin(float64(i-24)/96*2*math.Pi))
		s.Usual, s.Low, s.High = append(s.Usual, usual), append(s.Low, 0), append(s.High, math.Ceil(usual*3))
		count := 0
		if i%9 == 4 && i > 30 {
			count = 1
		}
		if i >= 80 {
			count = 1 + (i*i)%4
		}
		s.Counts = append(s.Counts, count)
	}
	s.Alarm = &insight.Alarm{
		Since: r.Times[80], Found: r.Times[83], Step: 80, Merchants: 14, Rate: .3, P: 1e-6, Going: true,
		Sentence: t("城东银行：14 家商户，平时每小时 0.3 家，自 20:00 起", "Eastside Bank: 14 merchants, usually 0.3 an hour, since 20:00"),
	}
	calm := s
	calm.Name, calm.KindLabel, calm.Alarm, calm.Total = name("card.expired", "银行卡已过有效期", "The card has expired"), t("原因", "Cause"), nil, 4
	r.Signals = []insight.Signal{s, calm}
	return r
}

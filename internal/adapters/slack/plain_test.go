package slack

import "testing"

func TestPlain(t *testing.T) {
	name := func(id string) string { return map[string]string{"U1": "Li"}[id] }
	for _, c := range []struct{ in, want string }{
		{"a &lt;b&gt; &amp;lt;", "a <b> &lt;"},
		{"<@U1> and <@U2> and <@U3|wu>", "@Li and @U2 and @wu"},
		{"<#C1|help> <#C2>", "#help #C2"},
		{"<!here> <!channel> <!subteam^S1|@tier2> <!date^1^{date}|Monday>", "@here @channel @tier2 Monday"},
		{"<https://x.cn/a?b=1&amp;c=2>", "https://x.cn/a?b=1&c=2"},
		{"<https://x.cn|the page>", "the page (https://x.cn)"},
		{"<http://x.cn|x.cn> <mailto:a@x.cn|a@x.cn> <tel:123|123>", "http://x.cn a@x.cn 123"},
		{":smile: :+1::skin-tone-3: :unknown_one: 10:30:45", "😄 👍 :unknown_one: 10:30:45"},
		{"<https://x.cn/:smile:>", "https://x.cn/:smile:"},
		{"*bold* _it_ `code` ~no~", "*bold* _it_ `code` ~no~"},
		{"// inside", "// inside"},
		{"1 < 2 > 0", "1 < 2 > 0"},
		{"<> <|> <@>", "<>  @"},
	} {
		if got := plain(c.in, name); got != c.want {
			t.Errorf("%q: got %q, want %q", c.in, got, c.want)
		}
	}
}

package web

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/chart"
)

// knowledgeList is the list of all articles.
type knowledgeList struct {
	adapters.Catalogue
	Shelves []shelf
	Total   int
	Age     string // of all articles, if it is the same; else each tells its own
}

// shelf is a shelf with its entries.
type shelf struct {
	adapters.Shelf
	Entries []entryLine
	Open    bool // unfolded from the first
}

// entryLine is an article in a list.
type entryLine struct {
	adapters.Entry
	Facts []string // how it is used, and its age
}

func newKnowledgeList(c adapters.Catalogue, lang string, now time.Time) *knowledgeList {
	out := &knowledgeList{Catalogue: c, Age: commonAge(c, lang, now)}
	for _, s := range c.Shelves {
		line := shelf{Shelf: s, Open: s.Kind == adapters.AboutCause || len(s.Entries) < 3}
		for _, e := range s.Entries {
			if out.Age != "" {
				e.Changed = time.Time{}
			}
			line.Entries = append(line.Entries, entryLine{e, entryFacts(e, lang, now)})
		}
		out.Shelves, out.Total = append(out.Shelves, line), out.Total+len(s.Entries)
	}
	return out
}

// commonAge gives the age that all articles have; "": they differ.
func commonAge(c adapters.Catalogue, lang string, now time.Time) string {
	common := ""
	for _, s := range c.Shelves {
		for _, e := range s.Entries {
			if e.Changed.IsZero() {
				continue
			}
			age := changedText(e.Changed, now, lang)
			if common != "" && age != common {
				return ""
			}
			common = age
		}
	}
	return common
}

func changedText(t, now time.Time, lang string) string {
	return fmt.Sprintf(pick(lang, "%s更新", "changed %s"), ageOf(t, now, lang))
}

// entryFacts says how an article has done, and how old it is.
func entryFacts(e adapters.Entry, lang string, now time.Time) []string {
	var out []string
	switch {
	case e.Use.Used > 0 && e.Kind == adapters.AboutQuestion:
		out = append(out, fmt.Sprintf(pick(lang, "问过 %d 次", "asked %d×"), e.Use.Used))
	case e.Use.Used > 0:
		out = append(out, fmt.Sprintf(pick(lang, "用到 %d 次", "used %d×"), e.Use.Used))
	}
	if e.Use.Of > 0 {
		out = append(out, fmt.Sprintf(pick(lang, "解决 %s", "solved %s"), chart.Percent(float64(e.Use.Solved)/float64(e.Use.Of))))
	}
	if e.Use.Confirmed > 0 {
		out = append(out, fmt.Sprintf(pick(lang, "确认 %d 次", "confirmed %d×"), e.Use.Confirmed))
	}
	if !e.Changed.IsZero() {
		out = append(out, changedText(e.Changed, now, lang))
	}
	return out
}

// ageOf says how long ago a time is, roughly.
func ageOf(t, now time.Time, lang string) string {
	days := int(now.Sub(t).Hours() / 24)
	switch {
	case days < 1:
		return pick(lang, "今天", "today")
	case days < 2:
		return pick(lang, "昨天", "yesterday")
	case days < 60:
		return pick(lang, strconv.Itoa(days)+" 天前", strconv.Itoa(days)+" days ago")
	case days < 730:
		return pick(lang, strconv.Itoa(days/30)+" 个月前", strconv.Itoa(days/30)+" months ago")
	}
	return pick(lang, strconv.Itoa(days/365)+" 年前", strconv.Itoa(days/365)+" years ago")
}

// catalogueTable is the list as a download.
func catalogueTable(c adapters.Catalogue, lang string) table {
	t := func(zh, en string) string { return pick(lang, zh, en) }
	out := table{Head: heads(
		"id", t("种类", "kind"), t("标题", "title"), t("文件", "file"), t("商户说法", "words"), t("常见程度", "how common"),
		t("用到", "used"), t("确认", "confirmed"), t("解决", "solved"), t("结束", "ended"), t("更新", "changed"),
	)}
	for _, s := range c.Shelves {
		for _, e := range s.Entries {
			common, changed := "", ""
			if e.Common > 0 {
				common = strconv.FormatFloat(e.Common, 'f', 4, 64)
			}
			if !e.Changed.IsZero() {
				changed = e.Changed.Format(time.DateOnly)
			}
			out.Rows = append(out.Rows, []cell{
				textCell(e.ID), textCell(s.Title), textCell(e.Title), textCell(e.File), countCell(e.Words), textCell(common),
				countCell(e.Use.Used), countCell(e.Use.Confirmed), countCell(e.Use.Solved), countCell(e.Use.Of), textCell(changed),
			})
		}
	}
	return out
}

// FaultPlace says where a fault stands.
func (knowledgeList) FaultPlace(f adapters.Fault) string {
	place := f.File
	if f.Line > 0 {
		place += ":" + strconv.Itoa(f.Line)
	}
	return strings.TrimSpace(place + " " + f.Field)
}

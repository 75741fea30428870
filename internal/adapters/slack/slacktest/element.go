package slacktest

import "slices"

// elementKinds are the elements of these names that the server knows. "select" and
// "multi" stand for all menus for one and for several.
func elementKinds(names ...string) map[string]fields {
	out := map[string]fields{}
	for name, f := range allElements() {
		menu := ""
		for _, from := range sources {
			switch name {
			case from + "_select":
				menu = "select"
			case "multi_" + from + "_select":
				menu = "multi"
			}
		}
		if slices.Contains(names, name) || slices.Contains(names, menu) {
			out[name] = f
		}
	}
	return out
}

// sources are where the options of menus come from.
var sources = []string{"static", "external", "users", "conversations", "channels"}

func allElements() map[string]fields {
	kinds := map[string]fields{
		"button": {
			"text!": plain(75), "url": str(3000), "value": str(2000), "style": oneOf("primary", "danger"), "accessibility_label": str(75),
			"confirm": confirm(),
		},
		"overflow":         {"options!": list(1, 5, option(true)), "confirm": confirm()},
		"datepicker":       {"placeholder": plain(150), "initial_date": str(10), "confirm": confirm(), "focus_on_load": boolean},
		"checkboxes":       {"options!": list(1, 10, choice()), "initial_options": list(1, 10, choice()), "confirm": confirm(), "focus_on_load": boolean},
		"radio_buttons":    {"options!": list(1, 10, choice()), "initial_option": choice(), "confirm": confirm(), "focus_on_load": boolean},
		"plain_text_input": textInput(),
	}
	for _, from := range sources {
		kinds[from+"_select"] = menu(from, false)
		kinds["multi_"+from+"_select"] = menu(from, true)
	}
	for _, f := range kinds {
		f["action_id"] = unique(func(c *checker) map[string]bool { return c.actionIDs })
	}
	kinds["image"] = imageElement()
	return kinds
}

func imageElement() fields {
	return fields{"image_url": filled(3000), "slack_file": object(fields{"id": str(255), "url": str(3000)}), "alt_text!": filled(2000)}
}

func textInput() fields {
	return fields{
		"placeholder": plain(150), "initial_value": str(3000), "multiline": boolean, "min_length": whole(0, 3000), "max_length": whole(1, 3000),
		"focus_on_load":          boolean,
		"dispatch_action_config": object(fields{"trigger_actions_on": list(1, 2, oneOf("on_enter_pressed", "on_character_entered"))}),
	}
}

// menu is a menu whose options come from somewhere.
func menu(from string, several bool) fields {
	f := fields{"placeholder": plain(150), "confirm": confirm(), "focus_on_load": boolean}
	if several {
		f["max_selected_items"] = whole(1, 100)
	}
	switch from {
	case "static":
		f["options"] = list(1, 100, option(false))
		f["option_groups"] = list(1, 100, object(fields{"label!": plain(75), "options!": list(1, 100, option(false))}))
	case "external":
		f["min_query_length"] = whole(0, 255)
	default:
		f["filter"], f["response_url_enabled"], f["default_to_current_conversation"] = anything, boolean, boolean
	}
	f["initial_option"], f["initial_options"] = option(false), list(1, 100, option(false))
	for _, name := range []string{"user", "conversation", "channel"} {
		f["initial_"+name], f["initial_"+name+"s"] = str(255), list(1, 100, str(255))
	}
	return f
}

// option is an option of a menu.
func option(links bool) check {
	f := fields{"text!": plain(75), "value!": str(150), "description": plain(75)}
	if links {
		f["url"] = str(3000)
	}
	return object(f)
}

// choice is an option of checkboxes and radio buttons.
func choice() check {
	return object(fields{"text!": anyText(75), "value!": str(150), "description": anyText(75)})
}

func confirm() check {
	return object(fields{
		"title!": plain(100), "text!": anyText(300), "confirm": plain(30), "deny": plain(30), "style": oneOf("primary", "danger"),
	})
}

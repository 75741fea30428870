package chat

import "strings"

// ParseRoom reads a room's key, as String gives it.
func ParseRoom(key string) Room {
	platform, id, _ := strings.Cut(key, ":")
	return Room{Platform: platform, ID: id}
}

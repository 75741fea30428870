package web_test

import (
	"os"
	"testing"

	"github.com/s4bot/s4bot/internal/browsertest"
)

func TestMain(m *testing.M) { os.Exit(browsertest.Run(m)) }

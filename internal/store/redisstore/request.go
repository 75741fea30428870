package redisstore

import (
	"context"
	"crypto/sha1"
	"encoding/hex"
	"errors"

	"github.com/redis/go-redis/v9"
)

// request is a command on its way to Redis: its answer is in cmd.
type request struct {
	cmd    *redis.Cmd
	script *script       // nil for a plain command
	done   chan struct{} // closed when the answer is there
}

// script is a program that Redis runs in one piece.
type script struct{ body, hash string }

func newScript(body string) *script {
	sum := sha1.Sum([]byte(body)) // by which Redis knows it
	return &script{body: body, hash: hex.EncodeToString(sum[:])}
}

// command is a request without a script.
func command(args ...any) *request { return &request{cmd: redis.NewCmd(background, args...)} }

// scripted is a request that runs a script, which Redis is hoped to know.
func scripted(script *script, keys []string, args ...any) *request {
	all := make([]any, 0, 3+len(keys)+len(args))
	all = append(all, "EVALSHA", script.hash, len(keys))
	for _, key := range keys {
		all = append(all, key)
	}
	return &request{cmd: redis.NewCmd(background, append(all, args...)...), script: script}
}

// background is what a command is made with; it runs on another context.
var background = context.Background()

// spelledOut is the same request with the whole script in it.
func (r *request) spelledOut() *redis.Cmd {
	args := append([]any{"EVAL", r.script.body}, r.cmd.Args()[2:]...)
	return redis.NewCmd(background, args...)
}

// ask has a request answered. there is false if Redis has nothing to answer.
func (s *Store) ask(ctx context.Context, attempt string, r *request) (answer any, there bool, err error) {
	if err := s.calls.do(ctx, r); err != nil {
		return nil, false, unavailable(attempt, err)
	}
	return r.answer(attempt)
}

// alone has a request answered that is too large for the pipelines that turns
// wait for.
func (s *Store) alone(ctx context.Context, attempt string, r *request) (answer any, there bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	send(ctx, s.client, []*request{r})
	return r.answer(attempt)
}

// answer is what Redis answered.
func (r *request) answer(attempt string) (answer any, there bool, err error) {
	answer, err = r.cmd.Result()
	if errors.Is(err, redis.Nil) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, unavailable(attempt, err)
	}
	return answer, true, nil
}

// text has a request answered that gives a text; nothing is "".
func (s *Store) text(ctx context.Context, attempt string, r *request) (string, error) {
	answer, there, err := s.ask(ctx, attempt, r)
	if err != nil || !there {
		return "", err
	}
	return answer.(string), nil
}

// send runs requests in one pipeline, in one round trip as a rule. A script that
// Redis does not know, after a restart for example, is sent in full. The answers
// and errors are in the requests.
func send(ctx context.Context, client redis.UniversalClient, requests []*request) {
	run(ctx, client, requests)
	var unknown []*request
	for _, r := range requests {
		if r.script != nil && redis.HasErrorPrefix(r.cmd.Err(), "NOSCRIPT") {
			r.cmd = r.spelledOut()
			unknown = append(unknown, r)
		}
	}
	if len(unknown) > 0 {
		run(ctx, client, unknown)
	}
}

func run(ctx context.Context, client redis.UniversalClient, requests []*request) {
	if len(requests) == 1 {
		_ = client.Process(ctx, requests[0].cmd)
		return
	}
	pipe := client.Pipeline()
	for _, r := range requests {
		_ = pipe.Process(ctx, r.cmd)
	}
	_, _ = pipe.Exec(ctx)
}

package redistest_test

import (
	"testing"

	"github.com/s4bot/s4bot/internal/store/redistest"
)

func TestAClusterSpreadsItsKeys(t *testing.T) {
	t.Parallel()
	cluster := redistest.StartCluster(t, true)
	client := cluster.Client()
	defer func() { _ = client.Close() }()
	for _, key := range []string{"a", "b", "c", "d", "e", "f"} {
		if err := client.Set(t.Context(), key, key, 0).Err(); err != nil {
			t.Fatal(err)
		}
	}
	for i, master := range cluster.Masters {
		if master.Client().DBSize(t.Context()).Val() == 0 {
			t.Errorf("master %d has none of the keys", i)
		}
	}
	if len(cluster.Replicas) != 3 || len(cluster.Addrs()) != 3 {
		t.Errorf("the cluster has %d replicas and %d addresses", len(cluster.Replicas), len(cluster.Addrs()))
	}
	cluster.Empty(t)
	if n := client.Exists(t.Context(), "a").Val(); n != 0 {
		t.Error("an emptied cluster holds a key")
	}
}

func TestSentinelReplacesAMasterThatIsGone(t *testing.T) {
	t.Parallel()
	sentinel := redistest.StartSentinel(t)
	old := sentinel.KillMaster()
	sentinel.WaitOther(old)
	old.Restart()
	sentinel.WaitReplica()
	if sentinel.Master() == old {
		t.Error("the old master is the master again")
	}
}

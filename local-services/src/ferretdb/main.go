// FerretDB with its SQLite files in one directory and one user: the private database of those who bring no MongoDB.
//
// FerretDB's package for embedding has no passwords, its command has, but panics for want of a version file when it is
// built from the module proxy. So this puts together the parts that both are made of; they are internal to FerretDB's
// path, which is why this module has a name below it. It never calls home: there is no telemetry reporter here.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"log/slog"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/FerretDB/FerretDB/build/version"
	"github.com/FerretDB/FerretDB/internal/backends"
	"github.com/FerretDB/FerretDB/internal/backends/sqlite"
	"github.com/FerretDB/FerretDB/internal/clientconn"
	"github.com/FerretDB/FerretDB/internal/clientconn/conninfo"
	"github.com/FerretDB/FerretDB/internal/clientconn/connmetrics"
	"github.com/FerretDB/FerretDB/internal/handler"
	"github.com/FerretDB/FerretDB/internal/handler/users"
	"github.com/FerretDB/FerretDB/internal/util/password"
	"github.com/FerretDB/FerretDB/internal/util/state"
)

const (
	// As MongoDB does it: users are in the database `admin`, which clients name as their authSource.
	usersDatabase = "admin"
	// FerretDB's own.
	batchSize               = 100
	cappedCleanupPercentage = 10
	passwordBytesMin        = 16
)

func main() {
	listen := flag.String("listen", "127.0.0.1:0", "TCP address to listen on")
	dir := flag.String("dir", "", "directory of the SQLite files")
	user := flag.String("user", "", "the only user")
	passwordFile := flag.String("password-file", "", "file with the user's password")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()

	if err := run(ctx, *listen, *dir, *user, *passwordFile); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, listen, dir, user, passwordFile string) error {
	secret, err := os.ReadFile(passwordFile)
	if err != nil {
		return err
	}
	pass := strings.TrimSpace(string(secret))
	if user == "" || len(pass) < passwordBytesMin {
		return fmt.Errorf("a user and a password of at least %d bytes are needed", passwordBytesMin)
	}

	version.Get().Package = "embedded"
	l := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError}))
	provider, err := state.NewProvider("")
	if err != nil {
		return err
	}
	// There is nothing to disable, but otherwise each client gets a message about how to disable it.
	err = provider.Update(func(s *state.State) {
		s.DisableTelemetry()
		s.TelemetryLocked = true
	})
	if err != nil {
		return err
	}

	backend, err := sqlite.NewBackend(&sqlite.NewBackendParams{
		URI:       "file:" + dir + "/",
		L:         l,
		P:         provider,
		BatchSize: batchSize,
	})
	if err != nil {
		return err
	}
	defer backend.Close()
	if err = setUser(ctx, backend, user, pass); err != nil {
		return err
	}

	metrics := connmetrics.NewListenerMetrics()
	h, err := handler.New(&handler.NewOpts{
		Backend:                 backend,
		TCPHost:                 listen,
		L:                       l,
		ConnMetrics:             metrics.ConnMetrics,
		StateProvider:           provider,
		CappedCleanupPercentage: cappedCleanupPercentage,
		BatchSize:               batchSize,
		EnableNewAuth:           true,
	})
	if err != nil {
		return err
	}
	listener, err := clientconn.Listen(&clientconn.NewListenerOpts{
		TCP:     listen,
		Mode:    clientconn.NormalMode,
		Metrics: metrics,
		Handler: h,
		Logger:  l,
	})
	if err != nil {
		return err
	}
	// Closes the handler as well.
	listener.Run(ctx)
	return nil
}

// The user is created again at every start, so that files of an earlier version, files that were copied here and a start
// that was cut short all end with the password in the file.
func setUser(ctx context.Context, backend backends.Backend, user, pass string) error {
	info := conninfo.New()
	info.SetBypassBackendAuth()
	ctx = conninfo.Ctx(ctx, info)
	db, err := backend.Database(usersDatabase)
	if err != nil {
		return err
	}
	collection, err := db.Collection("system.users")
	if err != nil {
		return err
	}
	id := usersDatabase + "." + user
	if _, err = collection.DeleteAll(ctx, &backends.DeleteAllParams{IDs: []any{id}}); err != nil {
		return err
	}
	return users.CreateUser(ctx, backend, &users.CreateUserParams{
		Database: usersDatabase,
		Username: user,
		Password: password.WrapPassword(pass),
	})
}

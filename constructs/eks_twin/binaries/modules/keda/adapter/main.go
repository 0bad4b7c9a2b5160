// KEDA's metrics adapter, as the twin runs it. KEDA's own main serves its own metrics too, on every address of the
// machine, and has no flag for that: a twin listens on loopback alone. So this one leaves that server out; the rest is
// KEDA's packages, put together as there.
package main

import (
	"fmt"
	"os"

	grpcprom "github.com/grpc-ecosystem/go-grpc-middleware/providers/prometheus"
	"k8s.io/client-go/kubernetes/scheme"
	"k8s.io/klog/v2"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/cache"
	"sigs.k8s.io/controller-runtime/pkg/metrics/server"
	"sigs.k8s.io/custom-metrics-apiserver/pkg/cmd"

	kedav1alpha1 "github.com/kedacore/keda/v2/apis/keda/v1alpha1"
	"github.com/kedacore/keda/v2/pkg/metricsservice"
	"github.com/kedacore/keda/v2/pkg/provider"
	kedautil "github.com/kedacore/keda/v2/pkg/util"
)

func main() {
	ctrl.SetLogger(klog.Background())
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	ctx := ctrl.SetupSignalHandler()
	adapter := &cmd.AdapterBase{Name: "keda-adapter"}
	operator := adapter.Flags().String("metrics-service-address", "localhost:9666", "where KEDA's operator answers")
	if err := adapter.Flags().Parse(os.Args); err != nil {
		return err
	}
	if err := kedav1alpha1.AddToScheme(scheme.Scheme); err != nil {
		return err
	}
	namespaces, err := kedautil.GetWatchNamespaces()
	if err != nil {
		return err
	}
	config, err := ctrl.GetConfig()
	if err != nil {
		return err
	}
	manager, err := ctrl.NewManager(config, ctrl.Options{
		Metrics: server.Options{BindAddress: "0"},
		Scheme:  scheme.Scheme,
		Cache:   cache.Options{DefaultNamespaces: namespaces, DefaultTransform: kedautil.CacheObjectTransform},
	})
	if err != nil {
		return err
	}
	certificates := adapter.SecureServing.ServerCert.CertDirectory
	client, err := metricsservice.NewGrpcClient(
		ctx, *operator, certificates, "", "", grpcprom.NewClientMetrics(), false)
	if err != nil {
		return err
	}
	go func() {
		if err := manager.Start(ctx); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}()
	adapter.WithExternalMetrics(provider.NewProvider(ctx, ctrl.Log.WithName("provider"), manager.GetClient(), *client))
	return adapter.Run(ctx)
}

// grpc-gateway v2 at its cheapest setting, for scripts/bench gateway.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"net"
	"net/http"

	"github.com/grpc-ecosystem/grpc-gateway/v2/runtime"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/protobuf/encoding/protojson"

	"gongkai.example/bench/taskspb"
)

func main() {
	upstream := flag.String("upstream", "", "HOST:PORT")
	flag.Parse()
	mux := runtime.NewServeMux(
		runtime.WithWriteContentLength(),
		runtime.WithMarshalerOption(runtime.MIMEWildcard,
			&runtime.JSONPb{MarshalOptions: protojson.MarshalOptions{}}))
	options := []grpc.DialOption{grpc.WithTransportCredentials(insecure.NewCredentials())}
	err := taskspb.RegisterTasksHandlerFromEndpoint(context.Background(), mux, *upstream, options)
	if err != nil {
		log.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(listener.Addr())
	log.Fatal(http.Serve(listener, mux))
}

// The receiving end of OTLP over gRPC, by its protos alone.
'use strict';

const grpc = require('@grpc/grpc-js');
const loader = require('@grpc/proto-loader');

const SERVICE = 'opentelemetry/proto/collector/trace/v1/trace_service.proto';
// Debian's opentelemetry-proto.
const PROTOS = '/usr/include';

const definition = loader.loadSync(SERVICE, { includeDirs: [PROTOS], enums: String, longs: String });
const { TraceService } = grpc.loadPackageDefinition(definition)
  .opentelemetry.proto.collector.trace.v1;

// A key's value, whatever its type.
const attributes = (pairs) => Object.fromEntries(
  (pairs || []).map(({ key, value }) => [key, Object.values(value)[0]]));

const hex = (bytes) => Buffer.from(bytes || []).toString('hex');

function Export({ request }, answer) {
  for (const { resource, scopeSpans } of request.resourceSpans) {
    const service = attributes(resource.attributes)['service.name'];
    for (const span of scopeSpans.flatMap(({ spans }) => spans)) {
      console.log(JSON.stringify({
        service,
        name: span.name,
        kind: span.kind,
        trace: hex(span.traceId),
        id: hex(span.spanId),
        parent: hex(span.parentSpanId),
        links: (span.links || []).map((link) => hex(link.spanId)),
        attributes: attributes(span.attributes),
        status: span.status ? span.status.code : 'STATUS_CODE_UNSET',
        nanoseconds: Number(BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano)),
      }));
    }
  }
  answer(null, {});
}

const server = new grpc.Server();
server.addService(TraceService.service, { Export });
server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  console.log(port);
});

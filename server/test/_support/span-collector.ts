import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface CollectedSpan {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  node: string;
  outcome: string;
  startedAt: number;
  endedAt: number;
}

interface Attribute {
  key: string;
  value: { stringValue?: string };
}

interface Batch {
  resourceSpans: {
    resource: { attributes: Attribute[] };
    scopeSpans: {
      spans: (Pick<CollectedSpan, 'name' | 'traceId' | 'spanId' | 'parentSpanId'> & {
        attributes: Attribute[];
        startTimeUnixNano: string;
        endTimeUnixNano: string;
      })[];
    }[];
  }[];
}

export interface SpanCollector extends AsyncDisposable {
  url: string;
  spans: CollectedSpan[];
}

/** An OpenTelemetry collector, as far as it takes spans by OTLP over HTTP, in JSON. */
export async function openSpanCollector(): Promise<SpanCollector> {
  const spans: CollectedSpan[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.url === '/v1/traces') spans.push(...spansOf(JSON.parse(Buffer.concat(chunks).toString())));
      response.setHeader('content-type', 'application/json').end('{}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function spansOf({ resourceSpans }: Batch): CollectedSpan[] {
  const text = (attributes: Attribute[], name: string) =>
    attributes.find(({ key }) => key === name)?.value.stringValue ?? '';
  return resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) =>
      spans.map(({ attributes, startTimeUnixNano, endTimeUnixNano, ...span }) => ({
        ...span,
        node: text(resource.attributes, 'service.instance.id'),
        outcome: text(attributes, 'flipzon.outcome'),
        startedAt: Number(BigInt(startTimeUnixNano) / 1000n) / 1000,
        endedAt: Number(BigInt(endTimeUnixNano) / 1000n) / 1000,
      })),
    ),
  );
}

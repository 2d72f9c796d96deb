import { type Context, ROOT_CONTEXT, TraceFlags, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TraceIdRatioBasedSampler, TracerProvider } from '@opentelemetry/sdk-trace';
import type { BuyStep, NoteStep } from './buy-step.ts';

interface Settings {
  /** Its base address. */
  collector: string;
  node: string;
  serviceName: string;
  /** Share of the buys; chosen by the trace's id, so that node and writer choose the same ones. */
  share: number;
}

/**
 * Sends steps as spans to a collector, by OTLP over HTTP; OTEL_EXPORTER_OTLP_HEADERS and the like are read by the exporter itself. A collector
 * that does not keep up loses spans: the queue is bounded.
 */
export function openTracer({
  collector,
  node,
  serviceName,
  share,
}: Settings): AsyncDisposable & { note: NoteStep } {
  const next = { traceId: '', spanId: '' };
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': serviceName, 'service.instance.id': node }),
    sampler: new TraceIdRatioBasedSampler(share),
    idGenerator: { generateTraceId: () => next.traceId, generateSpanId: () => next.spanId },
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: new OTLPTraceExporter({ url: `${collector.replace(/\/$/, '')}/v1/traces` }),
        scheduledDelayMillis: 1_000,
      }),
    ],
  });
  const tracer = provider.getTracer('flipzon');
  return {
    note(step) {
      next.traceId = step.buyId;
      next.spanId = step.spanId;
      const { name, startedAt, tookMs, outcome, saleId, customerId, unit } = step;
      const attributes = {
        'flipzon.outcome': outcome,
        'flipzon.sale': saleId,
        'flipzon.customer': customerId,
        ...(unit === undefined ? {} : { 'flipzon.unit': unit }),
      };
      tracer.startSpan(name, { startTime: startedAt, attributes }, parentOf(step)).end(startedAt + tookMs);
    },
    [Symbol.asyncDispose]: () => provider.shutdown().catch(() => undefined),
  };
}

function parentOf({ buyId, parentId }: BuyStep): Context {
  if (parentId === null) return ROOT_CONTEXT;
  return trace.setSpanContext(ROOT_CONTEXT, {
    traceId: buyId,
    spanId: parentId,
    traceFlags: TraceFlags.SAMPLED,
    isRemote: true,
  });
}

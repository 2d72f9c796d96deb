import { randomUUID } from 'node:crypto';
import type { Config } from '../config.ts';
import type { Logger } from '../logger.ts';
import { createMetrics, type Metrics } from '../metrics/metrics.ts';

/** What every part of this node may use. */
export interface NodeContext {
  /** Unique over all nodes and all starts. */
  id: string;
  config: Config;
  logger: Logger;
  metrics: Metrics;
  /** Takes the faults of one part: they are counted and logged, and the part goes on. */
  fault: (part: string) => (error: unknown) => void;
}

export function createNodeContext(config: Config, logger: Logger): NodeContext {
  const metrics = createMetrics();
  return {
    id: `${config.NODE_NAME}-${randomUUID().slice(0, 8)}`,
    ...{ config, logger, metrics },
    fault: (part) => (error) => {
      metrics.faults.add(part);
      logger.warn({ part, err: error }, 'fault');
    },
  };
}

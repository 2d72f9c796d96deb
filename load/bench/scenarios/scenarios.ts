import { buyScenario } from './buy.ts';
import { fanOutScenarios } from './fan-out.ts';
import { growthScenarios } from './growth.ts';
import { httpScenario } from './http.ts';
import { lastClientScenario } from './last-client.ts';
import { messagesScenario } from './messages.ts';
import { recoveryScenario } from './recovery.ts';
import { redisScenario } from './redis.ts';
import { refusedScenario } from './refused.ts';
import type { Scenario } from './scenario.ts';
import { sellOutScenario } from './sell-out.ts';
import { writerScenario } from './writer.ts';

export const scenarios: readonly Scenario[] = [
  buyScenario,
  refusedScenario,
  httpScenario,
  ...fanOutScenarios,
  messagesScenario,
  lastClientScenario,
  sellOutScenario,
  writerScenario,
  redisScenario,
  ...growthScenarios,
  recoveryScenario,
];

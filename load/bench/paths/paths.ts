import { buyPath } from './buy.ts';
import { fanOutPaths } from './fan-out.ts';
import { growthPaths } from './growth.ts';
import { httpPath } from './http.ts';
import { lastClientPath } from './last-client.ts';
import { messagesPath } from './messages.ts';
import type { Path } from './path.ts';
import { recoveryPath } from './recovery.ts';
import { redisPath } from './redis.ts';
import { refusedPath } from './refused.ts';
import { sellOutPath } from './sell-out.ts';
import { writerPath } from './writer.ts';

export const paths: readonly Path[] = [
  buyPath,
  refusedPath,
  httpPath,
  ...fanOutPaths,
  messagesPath,
  lastClientPath,
  sellOutPath,
  writerPath,
  redisPath,
  ...growthPaths,
  recoveryPath,
];

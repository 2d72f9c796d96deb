import Fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { handleErrors } from '../../src/http/problems.ts';

/** What a client gets when a route fails with an error of that name. */
async function answerTo(name: string) {
  const app = Fastify();
  handleErrors(app);
  app.get('/', () => {
    throw Object.assign(new Error('The store does not answer.'), { name });
  });
  const { statusCode, headers } = await app.inject('/');
  return [statusCode, headers['retry-after']];
}

describe('a store that does not answer', () => {
  // As the driver names them: some of them begin with Mongo and some do not.
  it.each([
    'MongoNetworkTimeoutError',
    'MongoServerSelectionError',
    'MongoWaitQueueTimeoutError',
    'MongoPoolClearedError',
    'PoolClearedOnNetworkError',
    'MongoPoolClosedError',
  ])('%s is 503, and the client may retry', async (name) => {
    expect(await answerTo(name)).toEqual([503, '1']);
  });

  it('is not every fault', async () => {
    expect(await answerTo('TypeError')).toEqual([500, undefined]);
  });
});

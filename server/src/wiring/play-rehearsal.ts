import { type RehearsalMessage, rehearsalMessage } from '@flipzon/protocol/rehearsal-schemas.ts';
import type { Config } from '../config.ts';
import type { PlayRehearsal } from '../operator/rehearsals.ts';

/** Long enough to remove its own Redis and database. */
const stopMsMax = 20_000;

type Settings = Pick<Config, 'REHEARSAL_PROGRAM' | 'REDIS_URL' | 'REDIS_RECOVERY_URL' | 'MONGODB_URI'>;

/** Runs the program that the environment names; null if there is none, as in the image, which has no local services either. */
export async function createPlayRehearsal(config: Settings): Promise<PlayRehearsal | null> {
  const { REHEARSAL_PROGRAM: file } = config;
  if (file === null) return null;
  const [{ forkProgram }, { passedOn }] = await Promise.all([
    import('@flipzon/local-services/forked-program.ts'),
    import('@flipzon/local-services/passed-on.ts'),
  ]);
  return (plan, onStep) => {
    const { services, ...sizes } = plan;
    const isShared = services === 'shared';
    let certificate: Extract<RehearsalMessage, { type: 'certificate' }> | null = null;
    const program = forkProgram(
      file,
      [
        ...Object.entries(sizes).flatMap(([name, size]) => [
          optionOf[name as keyof typeof sizes],
          String(size),
        ]),
        ...(isShared ? ['--shared'] : []),
      ],
      {
        env: { ...passedOn('tool'), ...(isShared ? servicesOf(config) : {}) },
        stopMsMax,
        onMessage(given) {
          const { data } = rehearsalMessage.safeParse(given);
          if (data?.type === 'step') onStep(data.says);
          else if (data?.type === 'certificate') certificate = data;
        },
      },
    );
    return {
      stop: program.stop,
      ended: program.ended.then(({ code, signal, said }) =>
        certificate === null
          ? { failure: said === '' ? `It ended with ${signal ?? `exit code ${code}`}.` : said }
          : { certificate: certificate.certificate, text: certificate.text },
      ),
    };
  };
}

const optionOf = {
  shoppers: '--shoppers',
  quantity: '--quantity',
  spreadS: '--spread-s',
  nodes: '--nodes',
  seed: '--seed',
} as const;

function servicesOf({ REDIS_URL, REDIS_RECOVERY_URL, MONGODB_URI }: Settings): NodeJS.ProcessEnv {
  return {
    REDIS_URL: REDIS_URL.join(','),
    ...(REDIS_RECOVERY_URL === undefined ? {} : { REDIS_RECOVERY_URL: REDIS_RECOVERY_URL.join(',') }),
    MONGODB_URI,
  };
}

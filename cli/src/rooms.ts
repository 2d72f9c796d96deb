/*
 * The rooms of the source tree, and which rooms each may import. Imports point inward:
 * gateway | http | redis | mongo | bin | wiring → the subjects → sale → protocol. Subjects know each other through ports.
 * Tests may import everything. `npm run verify` and cli/test/rooms.test.ts check the tree against this table.
 */

const inner = ['protocol/src', 'server/src/shared', 'server/src/sale'];
const subjects = [
  'brand',
  'buying',
  'challenge',
  'holds',
  'identity',
  'limits',
  'mail',
  'operator',
  'orders',
  'presale',
  'product',
  'recovery',
  'seal',
].map((name) => `server/src/${name}`);
const adapters = ['backup', 'gateway', 'http', 'metrics', 'mongo', 'redis', 'tracing'].map(
  (name) => `server/src/${name}`,
);
const settings = ['config', 'mail-config', 'sign-in-config', 'logger'].map((name) => `server/src/${name}.ts`);
const composed = [...inner, ...subjects, ...adapters, ...settings];

const shop = ['model', 'device', 'live'].map((name) => `client/src/shop/${name}`);
const pageBase = [
  'protocol/src',
  'client/src/text',
  'client/src/ui',
  'client/src/storage.ts',
  'client/src/value.ts',
];
const page = [...pageBase, ...shop, 'client/src/shop', 'client/src/shop/components'];
const pageWithNotes = [...page, 'client/src/shop/notes'];

const crowd = ['measure', 'plan', 'customers', 'shards', 'report'].map((name) => `load/crowd/${name}`);
const loadBase = ['protocol/src', 'local-services/src', 'server/src', 'load/shared', 'load/tokens'];
const loadTools = [...loadBase, ...crowd, 'load/tool-runner', 'load/bench', 'load/chaos'];

/** A room is a folder with all that is below it, or one file; the longest name that fits is a file's room. */
export const rooms: Readonly<Record<string, readonly string[]>> = {
  'protocol/src': [],
  // For a machine that has no Redis or MongoDB. The users of Redis are read as a file.
  'local-services/src': [],

  'server/package.json': [],
  'server/src/shared': ['protocol/src'],
  'server/src/sale': inner,
  ...Object.fromEntries(subjects.map((name) => [name, inner])),
  'server/src/gateway': [...inner, ...subjects],
  // Its document names the version.
  'server/src/http': [...inner, ...subjects, 'server/package.json'],
  'server/src/redis': [...inner, ...subjects],
  'server/src/mongo': [...inner, ...subjects],
  'server/src/backup': ['server/src/mongo', 'local-services/src'],
  // Names the outcomes that the others count.
  'server/src/metrics': [...inner, ...subjects, 'server/src/gateway', 'server/src/redis'],
  'server/src/tracing': [...inner, ...subjects, 'server/src/logger.ts'],
  'server/src/logger.ts': [],
  'server/src/config.ts': [...inner, 'server/src/sign-in-config.ts', 'server/src/mail-config.ts'],
  'server/src/mail-config.ts': inner,
  'server/src/sign-in-config.ts': inner,
  'server/src/wiring': [...composed, 'local-services/src'],
  'server/src/bin': composed,
  'server/src/app.ts': [...composed, 'server/src/wiring'],
  'server/src/main.ts': [...composed, 'server/src/app.ts'],

  'client/src/jsx': [],
  'client/src/value.ts': [],
  'client/src/storage.ts': [],
  'client/src/challenge': ['protocol/src'],
  'client/src/text': ['protocol/src', 'client/src/storage.ts', 'client/src/value.ts'],
  'client/src/ui': pageBase,
  'client/src/shop/model': pageBase,
  'client/src/shop/device': [...pageBase, 'client/src/shop/model'],
  'client/src/shop/live': [...pageBase, 'client/src/shop/model', 'client/src/shop/device'],
  'client/src/shop': [...pageBase, ...shop, 'client/src/challenge'],
  'client/src/shop/notes': [...pageBase, ...shop, 'client/src/shop'],
  'client/src/shop/proof': [...pageBase, ...shop, 'client/src/shop'],
  'client/src/shop/components': [
    ...pageBase,
    ...shop,
    'client/src/shop',
    'client/src/shop/notes',
    'client/src/shop/proof',
  ],
  'client/src/board': pageWithNotes,
  'client/src/console': page,
  'client/src/first-view': [...pageWithNotes, 'client/src/not-found'],
  'client/src/not-found': pageWithNotes,
  'client/src/order': pageWithNotes,
  'client/src/report': pageWithNotes,
  'client/src/main.tsx': [
    ...page,
    'client/src/styles.css',
    ...['board', 'console', 'not-found', 'order', 'report'].map((name) => `client/src/${name}`),
  ],

  'load/shared': ['protocol/src', 'local-services/src', 'server/src'],
  'load/tokens': loadBase,
  'load/crowd/measure': loadBase,
  'load/crowd/plan': loadBase,
  'load/crowd/customers': [...loadBase, 'load/crowd/measure'],
  'load/crowd/shards': [...loadBase, 'load/crowd/measure', 'load/crowd/plan', 'load/crowd/customers'],
  'load/crowd/report': [...loadBase, ...crowd],
  'load/crowd': [...loadBase, ...crowd],
  'load/tool-runner': [...loadBase, ...crowd],
  'load/bench': [...loadBase, ...crowd],
  'load/chaos': [...loadBase, 'server/test/_support'],
  ...Object.fromEntries(
    ['artillery', 'jmeter', 'rehearse', 'routes', 'scalpers', 'soak'].map((name) => [
      `load/${name}`,
      loadTools,
    ]),
  ),

  'cli/src': ['protocol/src', 'local-services/src', 'server/src'],
  e2e: ['protocol/src', 'local-services/src', 'server/src', 'server/test/_support'],
};

/** What speaks to a store or a network, and the rooms that may. */
export const libraries: Readonly<Record<string, readonly string[]>> = {
  ioredis: ['server/src/redis', 'server/src/backup', 'load/bench'],
  mongoose: ['server/src/mongo', 'server/src/backup', 'local-services/src', 'load/bench', 'load/rehearse'],
  mongodb: [],
  fastify: ['server/src/http'],
  nodemailer: ['server/src/mail'],
  sharp: ['server/src/product', 'server/src/brand'],
  'socket.io': ['server/src/gateway', 'load/bench'],
  ws: ['server/src/gateway', 'load/crowd/customers', 'load/bench'],
};

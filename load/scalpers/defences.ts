/** One run: what the shop switches on, and what the network does about it. */
export interface Defence {
  name: string;
  environment: Readonly<Record<string, string>>;
  /** The accounts of the network: made after the sale was announced, or long before. */
  accounts: 'young' | 'old';
  /** Whether the network's script solves challenges, with one process. */
  solves: boolean;
  /** All from one address, or spread over a /24. */
  addresses: 1 | 254;
}

const off = { UNLIMITED_ADDRESSES: '0.0.0.0/0', CUSTOMER_SOCKETS: '100000' };
const claim = 'created_at';

export const defences: readonly Defence[] = [
  { name: 'none', environment: off, accounts: 'old', solves: false, addresses: 1 },
  {
    name: 'limits per address (the defaults)',
    environment: {},
    accounts: 'old',
    solves: false,
    addresses: 1,
  },
  {
    name: 'the same, against a network spread over a /24',
    environment: {},
    accounts: 'old',
    solves: false,
    addresses: 254,
  },
  {
    name: 'limits, and a challenge to the suspicious; the script solves none',
    environment: { CHALLENGE: 'suspicious' },
    accounts: 'old',
    solves: false,
    addresses: 1,
  },
  {
    name: 'limits, and a challenge to the suspicious; the script solves them on one core from a minute before',
    environment: { CHALLENGE: 'suspicious' },
    accounts: 'old',
    solves: true,
    addresses: 1,
  },
  {
    name: 'account age alone; the accounts were made for the sale',
    environment: { ...off, ACCOUNT_CREATED_CLAIM: claim },
    accounts: 'young',
    solves: false,
    addresses: 1,
  },
  {
    name: 'account age alone; the accounts are old',
    environment: { ...off, ACCOUNT_CREATED_CLAIM: claim },
    accounts: 'old',
    solves: false,
    addresses: 1,
  },
];

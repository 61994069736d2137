export type StackKind = 'embedded' | 'full';

export interface Stack {
  kind: StackKind;
  /** Shown in the test's name. */
  label: string;
  /** Administrator's URL of the PostgreSQL server. */
  adminUrl: string;
  redisUrl?: string;
  natsUrl?: string;
  /** Why it cannot be used here; its suites are skipped under their names. */
  skipped?: string;
  /** The user of this server may not create roles, so every service works as that user. */
  rolesSkipped?: boolean;
}

const required = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is missing: run this spec with Jest's global set-up`);
  return value;
};

/** The ways in which the product runs: with nothing configured, and with servers given by URL. */
export function stacks(): Stack[] {
  const adminUrl = required('ASSAY_TEST_DB_URL');
  const embedded: Stack = { kind: 'embedded', label: 'embedded', adminUrl };
  const text = process.env.ASSAY_TEST_FULL;
  if (!text) {
    const skipped = 'neither DB_URL, REDIS_URL or NATS_URL nor ASSAY_FULL_STACK=1 is set';
    return [embedded, { kind: 'full', label: 'full stack', adminUrl, skipped }];
  }
  const given = JSON.parse(text) as { dbUrl?: string; redisUrl?: string; natsUrl?: string; rolesSkipped?: boolean };
  const names = [given.dbUrl && 'PostgreSQL', given.redisUrl && 'Redis', given.natsUrl && 'NATS'].filter(Boolean);
  const { dbUrl, redisUrl, natsUrl, rolesSkipped } = given;
  const label = `full stack (${names.join(', ')})`;
  return [embedded, { kind: 'full', label, adminUrl: dbUrl ?? adminUrl, redisUrl, natsUrl, rolesSkipped }];
}

/** The same suite on every stack; one that is not there is skipped under its name. */
export function describeOnStacks(name: string, suite: (stack: Stack) => void): void {
  for (const stack of stacks()) {
    if (stack.skipped) describe.skip(`${name} on the ${stack.label}: skipped, ${stack.skipped}`, () => suite(stack));
    else describe(`${name} on the ${stack.label}`, () => suite(stack));
  }
}

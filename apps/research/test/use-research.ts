import { createTestDatabase, createTestUser, useEnvironment, type TestDatabase } from '@assay/testing';
import { Client } from 'pg';
import { ResearchHarness, type ResearchClient } from './research-harness';

/** Jobs and many writers may take long on a busy machine; that is never what a test is about. */
const TIMEOUT_MS = 120_000;

/** What a suite has of its own research service; filled before the first `beforeAll` that is declared after it. */
export interface ResearchSuite {
  readonly database: TestDatabase;
  readonly harness: ResearchHarness;
  /** As an administrator. */
  readonly api: ResearchClient;
  /** Past the service. */
  readonly sql: Client;
  /** As another user. */
  as(
    ...role: Parameters<typeof createTestUser> extends [string, ...infer Role] ? Role : never
  ): Promise<ResearchClient>;
}

export interface ResearchSuiteOptions {
  /** false: jobs are left to worker processes */
  worker?: boolean;
  env?: Record<string, string>;
}

/** Gives the suite a research service on a database of its own, from before its tests until after them. */
export function useResearch({ worker, env = {} }: ResearchSuiteOptions = {}): ResearchSuite {
  let database: TestDatabase;
  let harness: ResearchHarness;
  let api: ResearchClient;
  let sql: Client;
  const as: ResearchSuite['as'] = async (...role) => harness.as(await createTestUser(database.url, ...role));

  jest.setTimeout(TIMEOUT_MS);
  beforeAll(async () => {
    database = await createTestDatabase();
    useEnvironment({ ...database.env, ...env });
    sql = new Client({ connectionString: database.url });
    await sql.connect();
    harness = await ResearchHarness.start({ worker });
    api = await as();
  });
  afterAll(async () => {
    await harness?.close();
    await sql?.end();
    await database?.drop();
  });

  return {
    as,
    get database() {
      return database;
    },
    get harness() {
      return harness;
    },
    get api() {
      return api;
    },
    get sql() {
      return sql;
    },
  };
}

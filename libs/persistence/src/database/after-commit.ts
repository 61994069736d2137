import type {
  EntityManager,
  EntitySubscriberInterface,
  QueryRunner,
  TransactionCommitEvent,
  TransactionRollbackEvent,
} from 'typeorm';
import { EventSubscriber } from 'typeorm';

type Hook = () => void | Promise<void>;
const hooks = new WeakMap<QueryRunner, Hook[]>();

/**
 * Runs `hook` once the transaction of `em` has committed; at once if there is none; never if it rolls back.
 * For wake-ups only: the process may die between the commit and the hook.
 */
export function afterCommit(em: EntityManager, hook: Hook): void {
  const runner = em.queryRunner;
  if (!runner?.isTransactionActive) {
    void run([hook]);
    return;
  }
  const known = hooks.get(runner);
  if (known) known.push(hook);
  else hooks.set(runner, [hook]);
}

async function run(due: Hook[]): Promise<void> {
  for (const hook of due) {
    try {
      await hook();
    } catch {
      // A wake-up that fails is made good by the sweeper or by the next poll.
    }
  }
}

@EventSubscriber()
export class AfterCommitSubscriber implements EntitySubscriberInterface {
  afterTransactionCommit({ queryRunner }: TransactionCommitEvent): void {
    // Releasing a savepoint is reported as a commit too.
    if (queryRunner.isTransactionActive) return;
    const due = hooks.get(queryRunner) ?? [];
    hooks.delete(queryRunner);
    void run(due);
  }

  afterTransactionRollback({ queryRunner }: TransactionRollbackEvent): void {
    if (!queryRunner.isTransactionActive) hooks.delete(queryRunner);
  }
}

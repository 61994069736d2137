import { builtEntry, TaskPool, type RunOptions } from '@assay/compute';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { UniverseTasks } from './universe-tasks';

/** Threads for runs over a universe: their weeks, months and sessions are those of the market's calendar. */
@Injectable()
export class UniverseThreads implements OnModuleDestroy {
  private readonly pool = new TaskPool({ entry: builtEntry(__dirname, 'worker-entry.js') });

  run<N extends keyof UniverseTasks>(
    task: N,
    input: Parameters<UniverseTasks[N]>[0],
    options: RunOptions = {},
  ): Promise<ReturnType<UniverseTasks[N]>> {
    return this.pool.run(task, input, options);
  }

  onModuleDestroy(): Promise<void> {
    return this.pool.close();
  }
}

import type { Warning } from '@assay/contracts';
import { modelPlanOf } from '@assay/domain';
import type { WarmUpResult, WarmUpTask } from '@assay/pipeline';
import { neverFiresOn, PipelinePool, warmUpOf } from '@assay/pipeline';
import { Injectable } from '@nestjs/common';
import type { OnModuleDestroy } from '@nestjs/common';

/** Fewer bars than this are gone through in less time than a thread takes to start. */
const SMALL = 20_000;

/** The process's worker threads: what takes long is never done on the event loop. */
@Injectable()
export class Compute implements OnModuleDestroy {
  private readonly pool = new PipelinePool();

  /** State after all bars, as the backtest saw them; a model is refitted on the way. */
  async warmUp(input: WarmUpTask): Promise<WarmUpResult> {
    return isHeavy(input) ? this.pool.run('warmUp', input) : warmUpOf(input);
  }

  /** A warning for each threshold that none of the bars reaches. */
  async neverFires(input: WarmUpTask): Promise<Warning[]> {
    return isHeavy(input) ? this.pool.run('neverFires', input) : neverFiresOn(input);
  }

  onModuleDestroy(): Promise<void> {
    return this.pool.close();
  }
}

const isHeavy = ({ document, bars }: WarmUpTask): boolean =>
  modelPlanOf(document) !== null || bars.close.length > SMALL;

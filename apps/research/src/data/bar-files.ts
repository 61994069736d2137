import { FileBarCache } from '@assay/market-data';
import { CONFIG, type AppConfig } from '@assay/platform';
import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';

/** Files of stored bars, which this process reads in place of many rows. */
@Injectable()
export class BarFiles extends FileBarCache implements OnApplicationBootstrap {
  constructor(@Inject(CONFIG) { barCache }: AppConfig) {
    const log = new Logger(BarFiles.name);
    super({ ...barCache, report: (text) => log.warn(text) });
  }

  onApplicationBootstrap(): Promise<void> {
    return this.tidy();
  }
}

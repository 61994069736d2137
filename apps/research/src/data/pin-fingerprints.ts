import type { BarColumns } from '@assay/domain';
import { fingerprintInTurns, type Series } from '@assay/market-data';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';

/** Fingerprints of histories that this process pinned: of the same version from the same bar on, one is reckoned once. */
@Injectable()
export class PinFingerprints {
  private readonly known = new LRUCache<string, string>({ max: 1000 });

  /**
   * @param bars the end of a series, on its price basis
   * @param isVerified whether they were hashed as those of the series' fingerprint
   */
  async of(series: Series, bars: BarColumns, isVerified: boolean): Promise<string> {
    if (!isVerified) return fingerprintInTurns(bars);
    const key = `${series.fingerprint} ${bars.openTimeMs[0]}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const fingerprint = await fingerprintInTurns(bars);
    this.known.set(key, fingerprint);
    return fingerprint;
  }
}

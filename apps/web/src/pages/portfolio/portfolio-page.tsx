import { useQuery } from '@tanstack/react-query';
import { Page } from '../../shell/page';
import { QueryView } from '../../states/query-view';
import { AccountsSection } from './accounts-section';
import { BreaksSection } from './breaks-section';
import { ExposureSection } from './exposure-section';
import { LimitsSection } from './limits-section';
import { fleetQuery } from './queries';
import { WeightsSection } from './weights-section';

/** What is held, how near it stands to its limits, and whether the books are right. */
export function PortfolioPage() {
  const fleet = useQuery(fleetQuery);
  return (
    <Page
      title="Portfolio & risk"
      lead="What is held, how near it stands to its limits, and whether the books are right."
    >
      <QueryView query={fleet} lines={10}>
        {(known) => (
          <>
            <ExposureSection fleet={known} />
            <LimitsSection fleet={known} />
            <BreaksSection fleet={known} />
            <AccountsSection fleet={known} />
          </>
        )}
      </QueryView>
      <WeightsSection />
    </Page>
  );
}

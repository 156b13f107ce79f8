// The pages of the guide as the core has them; a test of the core compares.

import type { GuidedPageView } from '../generated/GuidedPageView';

const page = (name: string, number: string, step: number, aside: boolean, readout: string): GuidedPageView => {
  return { name, number, step, aside, readout };
};

export const GUIDED: GuidedPageView[] = [
  page('guided-page-start', '1', 1, false, 'C200-00GT'),
  page('guided-page-open', '2', 2, false, 'C400-00G3'),
  page('guided-page-not-opened', '2a', 2, true, 'CM00-00GJ'),
  page('guided-page-account', '3', 3, false, 'C600-00GQ'),
  page('guided-page-other-account', '3a', 3, true, 'CP00-00G6'),
  page('guided-page-password', '4', 4, false, 'C800-00GM'),
  page('guided-page-forgotten', '4a', 4, true, 'CR00-00G5'),
  page('guided-page-identity', '5', 5, false, 'CA00-00G0'),
  page('guided-page-no-phone', '5a', 5, true, 'CT00-00GH'),
  page('guided-page-accept', '6', 6, false, 'CC00-00GS'),
  page('guided-page-admin', '6a', 6, true, 'CW00-00G8'),
  page('guided-page-declined', '6b', 6, true, 'CY00-00GW'),
  page('guided-page-back', '7', 7, false, 'CE00-00GD'),
  page('guided-page-unreachable', '7a', 7, true, 'D000-00GT'),
  page('guided-page-closed', '7b', 7, true, 'D200-00GE'),
  page('guided-page-check', '8', 8, false, 'CG00-00GZ'),
  page('guided-page-done', '9', 9, false, 'CJ00-00GB'),
];

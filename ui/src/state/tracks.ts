// The tracks of a check, built up from its events. Pure, so that it can be tested without a window.

import type { CheckEvent } from '../generated/CheckEvent';
import type { Protocol } from '../generated/Protocol';
import type { ProtocolReport } from '../generated/ProtocolReport';
import type { StepView } from '../generated/StepView';

/** One protocol's line of steps. */
export interface Track {
  protocol: Protocol;
  host: string;
  port: number;
  steps: StepView[];
  /** The whole of it, once it has ended. */
  report: ProtocolReport | null;
  /** It failed, and what can part its causes is being asked. */
  probing: boolean;
  /** The server is busy; so many seconds until it is tried again. */
  waiting: number | null;
}

const ORDER: Protocol[] = ['pop3', 'imap', 'smtp'];

/** The tracks after one more event. */
export function advance(tracks: Track[], event: CheckEvent): Track[] {
  switch (event.event) {
    case 'started':
      return put(tracks, {
        protocol: event.protocol,
        host: event.host,
        port: event.port,
        steps: event.steps.map((step) => ({ step, outcome: 'not-reached', ms: null })),
        report: null,
        probing: false,
        waiting: null,
      });
    case 'step': {
      const track = tracks.find((each) => each.protocol === event.protocol);
      return track === undefined ? tracks : put(tracks, { ...track, steps: mark(track.steps, event.step) });
    }
    case 'probing': {
      const track = tracks.find((each) => each.protocol === event.protocol);
      return track === undefined ? tracks : put(tracks, { ...track, probing: true });
    }
    case 'waiting': {
      const track = tracks.find((each) => each.protocol === event.protocol);
      return track === undefined ? tracks : put(tracks, { ...track, waiting: event.seconds });
    }
    case 'ended':
      return put(tracks, trackOf(event.report));
  }
}

/** A track as it ended. */
export function trackOf(report: ProtocolReport): Track {
  const { protocol, host, port, steps } = report;
  return { protocol, host, port, steps, report, probing: false, waiting: null };
}

/** The step under way. */
export function running(track: Track): StepView | null {
  return track.steps.find((step) => step.outcome === 'running') ?? null;
}

function mark(steps: StepView[], next: StepView): StepView[] {
  const known = steps.some((step) => step.step === next.step);
  return known ? steps.map((step) => (step.step === next.step ? next : step)) : [...steps, next];
}

function put(tracks: Track[], next: Track): Track[] {
  const others = tracks.filter((track) => track.protocol !== next.protocol);
  return [...others, next].sort((a, b) => ORDER.indexOf(a.protocol) - ORDER.indexOf(b.protocol));
}

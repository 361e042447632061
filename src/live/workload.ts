/** What serves an app, as its controller reports it. */
export interface LiveWorkload {
  readonly kind: 'Rollout' | 'Deployment' | 'CronJob';
  readonly namespace: string;
  readonly name: string;
  /** Image of the app's container in the pod template: the version that it is at, or on its way to. */
  readonly image?: string;
  /** released: the template's version, and no other, serves. failed: the controller has given it up. */
  readonly phase: 'released' | 'progressing' | 'paused' | 'failed';
  /** Why it is in this phase, where that says more than the phase. */
  readonly message?: string;
  /** Absent for cron jobs. `updated` are of the template's version; `available` may be of any. */
  readonly pods?: { readonly wanted: number; readonly updated: number; readonly available: number };
  readonly canary?: LiveCanary;
  /** Hash of the version that serves while another is on its way, or was given up. */
  readonly stableHash?: string;
}

/** Where a release in steps stands. */
export interface LiveCanary {
  /** The step under way, from 1. */
  readonly step: number;
  readonly steps: number;
  /** Share of the pods that have the new version. */
  readonly weightPercent: number;
  /** `until-promoted` waits for a person, as does an analysis without a clear result. */
  readonly pause?: 'timed' | 'until-promoted' | 'inconclusive';
  /** When the pause began: RFC 3339. */
  readonly pausedSince?: string;
  /** The analysis of this step, where one runs or ran. */
  readonly analysis?: string;
}

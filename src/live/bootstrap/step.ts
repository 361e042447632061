import type { ExpectedSecret } from '../expectation.js';
import type { Connection } from '../kubectl.js';
import type { RequiredTool } from './tools.js';

export type StepId =
  | 'tools'
  | 'repository'
  | 'cluster'
  | 'kubeconfig'
  | 'argocd-kinds'
  | 'credential'
  | 'secrets'
  | 'argocd'
  | 'webhook'
  | 'wait';

/** A step from nothing to a syncing cluster. */
export interface Step {
  readonly id: StepId;
  readonly title: string;
  /** What a person should know before. */
  readonly notes: readonly string[];
  /** For a POSIX shell, from the folder where Spillway was called; each may have several lines. */
  readonly commands: readonly string[];
  /** What to look at when it fails. */
  readonly onFailure: string;
}

/** A declared Secret, with the commands that make it from files. */
export interface PlannedSecret extends ExpectedSecret {
  readonly commands: readonly string[];
}

/** The cluster that is to be: what the steps are made of, and what running them has to know. */
export interface Target {
  readonly cluster: string;
  readonly region: string;
  readonly production: boolean;
  readonly accountId?: string;
  readonly repository: string;
  readonly branch: string;
  readonly webhookHost?: string;
  /** Whether the API server answers from outside the VPC. */
  readonly publicEndpoint: boolean;
  readonly argoCdVersion: string;
  /** Of a cluster that exists, the person's own; else the one that the step `kubeconfig` makes. */
  readonly connection: Connection;
  /** Whether the cluster is there already, so that neither eksctl nor aws is asked. */
  readonly existing: boolean;
  readonly nodeGroups: readonly string[];
  /** The root, as commands name it: '' or 'some/folder/'. */
  readonly pathPrefix: string;
  readonly tools: readonly RequiredTool[];
  readonly secrets: readonly PlannedSecret[];
}

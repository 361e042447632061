import { formList, queryAnswer } from './query.js';

/** EC2 Auto Scaling as far as `eksctl create cluster` needs it: the groups exist in recorded templates only. */
export class AutoScaling {
  /** Auto Scaling group → the tags that eksctl puts on it itself, after the stack. */
  readonly tags = new Map<string, Record<string, string>>();
  /** Auto Scaling group → processes that eksctl suspends. */
  readonly suspended = new Map<string, readonly string[]>();

  /** The answer to an action, or undefined for one that is not played. */
  answer(action: string, form: URLSearchParams): string | undefined {
    switch (action) {
      case 'CreateOrUpdateTags':
        for (const { ResourceId = '', Key = '', Value = '' } of formList(form, 'Tags'))
          this.tags.set(ResourceId, { ...this.tags.get(ResourceId), [Key]: Value });
        return queryAnswer(action, {});
      case 'DescribeTags':
        return queryAnswer(action, { Tags: [] });
      case 'SuspendProcesses':
        this.suspended.set(
          form.get('AutoScalingGroupName') ?? '',
          formList(form, 'ScalingProcesses').map((item) => item[''] ?? ''),
        );
        return queryAnswer(action, {});
      default:
        return undefined;
    }
  }
}

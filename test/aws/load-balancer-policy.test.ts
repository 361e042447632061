import { describe, expect, test } from '@jest/globals';
import { loadBalancerControllerPolicy } from '../../src/aws/load-balancer-policy.js';
import type { PolicyStatement } from '../../src/aws/iam-policies.js';
import { clusterText, resolved } from '../eksctl/config.js';

const statements = (...lines: readonly string[]) =>
  loadBalancerControllerPolicy(resolved(clusterText(...lines))).Statement;

/** The actions that some statement without such a condition allows. */
function allowedWithout(condition: RegExp): string[] {
  return statements()
    .filter((statement: PolicyStatement) => !condition.test(JSON.stringify(statement.Condition ?? {})))
    .flatMap(({ Action }) => Action);
}

describe('the load balancer controller', () => {
  test('deletes only load balancers, target groups and security groups that bear this cluster’s name', () => {
    const unlimited = allowedWithout(/aws:ResourceTag\/elbv2\.k8s\.aws\/cluster":"prod"/);
    for (const action of [
      'ec2:DeleteSecurityGroup',
      'elasticloadbalancing:DeleteLoadBalancer',
      'elasticloadbalancing:DeleteTargetGroup',
      'elasticloadbalancing:ModifyLoadBalancerAttributes',
      'elasticloadbalancing:SetSecurityGroups',
    ]) {
      expect(unlimited).not.toContain(action);
    }
  });

  test('makes none without this cluster’s name on it', () => {
    const unlimited = allowedWithout(/aws:RequestTag\/elbv2\.k8s\.aws\/cluster":"prod"/);
    expect(unlimited).not.toContain('elasticloadbalancing:CreateLoadBalancer');
    expect(unlimited).not.toContain('elasticloadbalancing:CreateTargetGroup');
  });

  test('cannot make something its own by tagging it', () => {
    const tagging = statements().filter(
      ({ Action, Resource }) =>
        Action.some((action) => /^(ec2:CreateTags|elasticloadbalancing:AddTags)$/.test(action)) &&
        Resource.some((arn) => /:(security-group|loadbalancer|targetgroup)\//.test(arn)),
    );
    expect(tagging).toHaveLength(4);
    for (const { Condition } of tagging) {
      expect(JSON.stringify(Condition)).toMatch(
        /CreateAction.*aws:RequestTag\/elbv2\.k8s\.aws\/cluster":"prod"|aws:ResourceTag\/elbv2\.k8s\.aws\/cluster":"prod".*"Null"/,
      );
    }
  });

  test('keeps to the region, the partition and, where it is known, the account', () => {
    const arns = statements('accountId: "111122223333"').flatMap(({ Resource }) =>
      Resource.filter((arn) => arn !== '*'),
    );
    // A VPC and its pools may be another account’s, shared.
    expect(arns.filter((arn) => !/^arn:aws:([-a-z0-9]+:us-east-1|(iam|shield):):111122223333:/.test(arn))).toEqual([
      'arn:aws:ec2:us-east-1:*:coip-pool/*',
      'arn:aws:ec2:us-east-1:*:vpc/*',
      'arn:aws:ec2:us-east-1:*:vpc/*',
    ]);
    expect(statements().flatMap(({ Resource }) => Resource)).toContain(
      'arn:aws:elasticloadbalancing:us-east-1:*:targetgroup/*/*',
    );
  });

  test('has a policy that fits into a role: IAM takes 10,240 characters in all', () => {
    const size = JSON.stringify(
      loadBalancerControllerPolicy(resolved(clusterText('accountId: "111122223333"'))),
    ).length;
    expect(size).toBeLessThan(10_240);
  });
});

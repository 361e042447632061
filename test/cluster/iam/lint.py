"""Lints IAM documents with parliament (PyPI ol-parliament): {name: document} on stdin, a list of findings on stdout."""

import json
import sys

from parliament import analyze_policy_string


def findings(name, document):
    policy = analyze_policy_string(json.dumps(document), include_community_auditors=True)
    for finding in policy.findings:
        yield {
            "policy": name,
            "issue": finding.issue,
            # What it is about stands in one of the two, by the rule.
            "detail": json.dumps(finding.detail or finding.location.get("actions") or "", sort_keys=True),
        }


if __name__ == "__main__":
    documents = json.load(sys.stdin)
    json.dump([one for name, document in documents.items() for one in findings(name, document)], sys.stdout)

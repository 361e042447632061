// Written by test/cluster/rig/build/pin.ts from sigs.k8s.io/kustomize/kustomize/v5 v5.8.1; do not edit.
module spillway.test/rig/kustomize
go 1.24.0
require sigs.k8s.io/kustomize/kustomize/v5 v5.8.1

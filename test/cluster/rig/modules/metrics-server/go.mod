// Written by test/cluster/rig/build/pin.ts from sigs.k8s.io/metrics-server v0.9.0; do not edit.
module spillway.test/rig/metrics-server
go 1.26.4
require sigs.k8s.io/metrics-server v0.9.0

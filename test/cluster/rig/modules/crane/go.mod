// Written by test/cluster/rig/build/pin.ts from github.com/google/go-containerregistry v0.22.1; do not edit.
module spillway.test/rig/crane
go 1.25.0
require github.com/google/go-containerregistry v0.22.1

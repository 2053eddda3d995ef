"""What the lab shows, without Qt: activations compared, the neuron they are looked at for, the gradient by layer."""
